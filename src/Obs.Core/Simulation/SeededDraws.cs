using System.Numerics;

namespace Obs.Core.Simulation;

/// <summary>Random draws that are a function of a seed: xoshiro256** (Blackman, Vigna 2018), its state from SplitMix64.</summary>
/// <remarks>Integers, + − × ÷ and square roots only: the same on every machine. No allocation. One thread.</remarks>
internal struct SeededDraws
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Draws of a seed; any seed is good.</summary>
    public SeededDraws(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
            ulong shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = BitOperations.RotateLeft(_d, 45);
            return result;
        }
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with a probability.</summary>
    public bool Happens(double probability) => NextUniform() < probability;

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -PortableMath.Log(1 - NextUniform());

    /// <summary>About normal, mean 0, variance 1, within ±6: twelve uniforms less six (Irwin–Hall). Its thin tails are harmless here.</summary>
    public double NextNormal()
    {
        double sum = -6;
        for (int draw = 0; draw < 12; draw++)
            sum += NextUniform();
        return sum;
    }

    /// <summary>0, 1, 2 … with probability (1−p)·p^k, at most <paramref name="most"/>.</summary>
    public int NextGeometric(double p, int most)
    {
        int value = 0;
        while (value < most && Happens(p))
            value++;
        return value;
    }

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
