namespace Obs.Core.Signals;

/// <summary>Order-dependent mixing of 64-bit words into a hash (the finaliser of SplitMix64; Steele, Lea, Flood 2014). Wrapping is meant.</summary>
internal static class StateMix
{
    /// <summary>Mixes one word into a hash.</summary>
    public static ulong Add(ulong hash, ulong word)
    {
        unchecked
        {
            ulong z = (hash ^ word) + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
