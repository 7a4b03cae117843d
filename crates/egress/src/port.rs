//! Which ports speak HTTP, by default.
//!
//! A request to a port of another service can be read there as a command. So of the ports below 1024, which belong to
//! other services, only those of HTTP are open; of the others all but the ones that are known to speak something else:
//! the Fetch standard's blocked ports, and databases, caches and queues. An allow-list entry with a port opens it.

/// In order.
const OTHER_PROTOCOLS: &[u16] = &[
    1080, 1433, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 3306, 3389, 3659, 4045, 4190, 4369, 5060, 5061, 5432, 5433,
    5671, 5672, 5900, 6000, 6379, 6380, 6432, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 8883, 9042, 9092, 10080,
    11211, 26379, 27017, 27018, 27019,
];

pub fn is_open(port: u16) -> bool {
    matches!(port, 80 | 443) || (port >= 1024 && OTHER_PROTOCOLS.binary_search(&port).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_19_ports_of_other_services_are_closed() {
        assert!(OTHER_PROTOCOLS.is_sorted());
        for port in
            [0, 1, 21, 22, 23, 25, 53, 79, 110, 111, 143, 445, 465, 587, 993, 3306, 5432, 6379, 6667, 10080, 11211]
        {
            assert!(!is_open(port), "{port}");
        }
        for port in [80, 443, 1024, 3000, 8000, 8080, 8443, 9200, 65535] {
            assert!(is_open(port), "{port}");
        }
    }
}
