using System;

namespace Obs.Bench.Suites.Ring;

/// <summary>A benchmark that lost an event measures nothing.</summary>
internal static class CheckedSum
{
    /// <summary>Throws when the consumers' sum is not what the producers sent.</summary>
    public static void Is(long expected, long actual)
    {
        if (expected != actual)
            throw new InvalidOperationException($"The consumers' sum is {actual}, not {expected}: events were lost, doubled or torn.");
    }
}
