//! The symbols of a number format, from ICU4X's data with what its own formatters leave out.

use icu_decimal::provider::{Baked, DecimalCompactLongV1, DecimalCompactShortV1, DecimalDigitsV1, DecimalSymbolsV1};
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::provider::currency::symbols::CurrencyDecimalSymbolsV1;
use icu_experimental::provider::Baked as Experimental;
use icu_plurals::provider::{Baked as Plurals, PluralsCardinalV1};
use icu_provider::prelude::*;

#[derive(Clone, Copy)]
pub(super) struct Symbols {
    /// Some currencies have separators of their own in some locales.
    pub(super) currency: Option<CurrencyType>,
    /// Separates groups also where the locale leaves a single digit ungrouped; ICU4X has no option for it.
    pub(super) always_group: bool,
}

impl DataProvider<DecimalSymbolsV1> for Symbols {
    fn load(&self, request: DataRequest) -> Result<DataResponse<DecimalSymbolsV1>, DataError> {
        let of_currency = self.currency.and_then(|currency| of_currency(currency, request));
        let mut response = of_currency.map_or_else(|| Baked.load(request), Ok)?;
        if self.always_group {
            response.payload.with_mut(|symbols| symbols.grouping_sizes.min_grouping = 1);
        }
        Ok(response)
    }
}

fn of_currency(currency: CurrencyType, request: DataRequest) -> Option<DataResponse<DecimalSymbolsV1>> {
    let numbering = DecimalSymbolsV1::parse_attributes(request.id.marker_attributes);
    let mut buffer = currency.iso_code().resize();
    let attributes = CurrencyDecimalSymbolsV1::make_attributes(numbering, currency, &mut buffer);
    let id = DataIdentifierBorrowed::for_marker_attributes_and_locale(attributes, request.id.locale);
    let response: DataResponse<CurrencyDecimalSymbolsV1> =
        Experimental.load(DataRequest { id, metadata: silent() }).ok()?;
    Some(response.cast())
}

macro_rules! passed_on {
    ($($marker:ty => $provider:expr),* $(,)?) => {$(
        impl DataProvider<$marker> for Symbols {
            fn load(&self, request: DataRequest) -> Result<DataResponse<$marker>, DataError> {
                $provider.load(request)
            }
        }
    )*};
}

passed_on! {
    DecimalDigitsV1 => Baked,
    DecimalCompactShortV1 => Baked,
    DecimalCompactLongV1 => Baked,
    PluralsCardinalV1 => Plurals,
}

/// A request for the data of `locale`, with its numbering system when it names one and there is data for the pair.
pub(super) fn load<M: DataMarker>(
    provider: &impl DataProvider<M>,
    locale: &DataLocale,
    numbering: Option<&str>,
) -> Result<DataPayload<M>, DataError> {
    let attributes = numbering.and_then(|name| DataMarkerAttributes::try_from_str(name).ok());
    let with_numbering = attributes.and_then(|attributes| {
        let id = DataIdentifierBorrowed::for_marker_attributes_and_locale(attributes, locale);
        provider.load(DataRequest { id, metadata: silent() }).ok()
    });
    let id = DataIdentifierBorrowed::for_locale(locale);
    let response = with_numbering.map_or_else(|| provider.load(DataRequest { id, metadata: silent() }), Ok)?;
    Ok(response.payload)
}

/// Data that is looked for and may be missing.
pub(super) fn silent() -> DataRequestMetadata {
    let mut metadata = DataRequestMetadata::default();
    metadata.silent = true;
    metadata
}
