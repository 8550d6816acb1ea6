namespace Obs.Core.Simulation;

/// <summary>Whether an order may be executed in parts. Numbers are on disk: they only grow.</summary>
internal enum ExchangeModel : byte
{
    /// <summary>Executions are limited by what the book and the tape show.</summary>
    Partial = 0,

    /// <summary>Any execution is of the whole rest: optimistic for sizes beyond the level's.</summary>
    NoPartial = 1,
}
