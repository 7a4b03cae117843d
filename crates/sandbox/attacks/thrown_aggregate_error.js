// Aggregates of aggregates.
// expect: runtime AggregateError: outer

const getCustomJwtClaims = async () => { let inner = [new Error('x')]; for (let i = 0; i < 1_000; i += 1) inner = [new AggregateError(inner, 'inner')]; throw new AggregateError(inner, 'outer'); };
