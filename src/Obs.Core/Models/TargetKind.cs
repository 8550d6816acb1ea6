namespace Obs.Core.Models;

/// <summary>What a prediction's number means; the names in files are <c>price</c>, <c>return</c>, <c>logReturn</c>.</summary>
internal enum TargetKind
{
    /// <summary>The mid price at the horizon, in quote currency.</summary>
    Price = 0,

    /// <summary>Mid at the horizon ÷ mid now − 1.</summary>
    Return = 1,

    /// <summary>ln(mid at the horizon ÷ mid now).</summary>
    LogReturn = 2,
}
