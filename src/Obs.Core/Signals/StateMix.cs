using Obs.Core.Market;

namespace Obs.Core.Signals;

/// <summary>Order-dependent mixing of 64-bit words into a hash.</summary>
internal static class StateMix
{
    /// <summary>Mixes one word into a hash.</summary>
    public static ulong Add(ulong hash, ulong word) => BookHash.Mix(hash ^ word);
}
