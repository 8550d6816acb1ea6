namespace Obs.Core.Trading;

/// <summary>The figures of a ledger at one moment, as values that may cross threads.</summary>
/// <param name="Scale">Scale of the money.</param>
/// <param name="PositionMantissa">Position in size mantissas; below zero short.</param>
/// <param name="Cash">Cash, fees taken.</param>
/// <param name="Cost">Cost of the open position, without fees.</param>
/// <param name="RealizedPnl">Profit of what was closed, without fees.</param>
/// <param name="FeesPaid">Fees.</param>
internal readonly record struct LedgerView(MoneyScale Scale, long PositionMantissa, Money Cash, Money Cost, Money RealizedPnl, Money FeesPaid);
