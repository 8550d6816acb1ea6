namespace Obs.Core.Trading;

/// <summary>Identifies a ledger: account, mode and market are part of every order and of every position.</summary>
/// <param name="Account">Account number; 0 is the operator of a stand-alone run.</param>
/// <param name="Mode">Paper or live.</param>
/// <param name="Instrument">Index in the run's instrument registry.</param>
internal readonly record struct OrderKey(int Account, TradingMode Mode, ushort Instrument);
