using System;
using System.Diagnostics;

namespace Obs.Core.Signals;

/// <summary>Volatility, buy share and change rate of the last w trades, exact in integers.</summary>
/// <remarks><para>Σp and Σp² are kept modulo 2^128. The numerator of the variance, n·Σp² − (Σp)², does not depend on where prices are counted from and
/// is smaller than n²·range², so its residue is its value as long as n·range &lt; 2^63: nothing ever drifts, equal prices give exactly 0.
/// Wider windows (prices that differ by more than 2^50 mantissa units) are summed afresh in double.</para>
/// <para>Engine thread. O(1) a trade; results are kept until the next trade. No allocation after construction.</para></remarks>
internal sealed class TradeWindow
{
    private const long WideRange = 1L << 50;
    private readonly long[] _prices;
    private readonly bool[] _bought;
    private readonly SlidingExtreme _highest;
    private readonly SlidingExtreme _lowestNegated;
    private readonly double _priceScale;
    private UInt128 _sum;
    private UInt128 _sumOfSquares;
    private long _count;
    private int _next;
    private int _buys;
    private bool _isStale;
    private double _volatility;
    private double _changeRate;

    /// <summary>Creates a window of w trades of prices with a scale (10^PriceDecimals).</summary>
    public TradeWindow(int trades, double priceScale)
    {
        Debug.Assert(trades is >= 2 and <= 4096, "validated by FeatureOptions");
        (_prices, _bought, _priceScale) = (new long[trades], new bool[trades], priceScale);
        (_highest, _lowestNegated) = (new SlidingExtreme(trades), new SlidingExtreme(trades));
    }

    /// <summary>True once w trades were seen.</summary>
    public bool IsFull => _count >= _prices.Length;

    /// <summary>Trades seen in all.</summary>
    public long Count => _count;

    /// <summary>Sample standard deviation (n−1) in quote currency; only when <see cref="IsFull"/>.</summary>
    public double Volatility
    {
        get
        {
            Refresh();
            return _volatility;
        }
    }

    /// <summary>(max − min) / max; only when <see cref="IsFull"/>.</summary>
    public double ChangeRate
    {
        get
        {
            Refresh();
            return _changeRate;
        }
    }

    /// <summary>Share of trades whose taker bought; only when <see cref="IsFull"/>.</summary>
    public double BuyShare => (double)_buys / _prices.Length;

    /// <summary>Adds a trade; the oldest of w leaves.</summary>
    public void Add(long priceMantissa, bool bought)
    {
        Debug.Assert(priceMantissa > 0, "the decoder refuses prices of zero or less");
        int slot = _next;
        unchecked
        {
            if (IsFull)
            {
                UInt128 left = (UInt128)_prices[slot];
                _sum -= left;
                _sumOfSquares -= left * left;
                _buys -= _bought[slot] ? 1 : 0;
            }
            UInt128 price = (UInt128)priceMantissa;
            _sum += price;
            _sumOfSquares += price * price;
        }
        _buys += bought ? 1 : 0;
        _prices[slot] = priceMantissa;
        _bought[slot] = bought;
        _highest.Add(_count, priceMantissa);
        _lowestNegated.Add(_count, -priceMantissa);
        _count++;
        _next = slot + 1 == _prices.Length ? 0 : slot + 1;
        _isStale = true;
        Debug.Assert(_buys >= 0 && _buys <= _prices.Length, "buys are among the trades of the window");
        Debug.Assert(-_lowestNegated.Largest <= priceMantissa && priceMantissa <= _highest.Largest, "min ≤ newest ≤ max");
    }

    /// <summary>Mixes everything the features depend on into a hash.</summary>
    public ulong StateHash(ulong seed)
    {
        unchecked
        {
            ulong hash = StateMix.Add(seed, (ulong)_count);
            hash = StateMix.Add(StateMix.Add(hash, (ulong)_sum), (ulong)_sumOfSquares);
            hash = StateMix.Add(hash, (ulong)_buys);
            return _count == 0 ? hash : StateMix.Add(StateMix.Add(hash, (ulong)_highest.Largest), (ulong)_lowestNegated.Largest);
        }
    }

    /// <summary>Reads the places the next trade will take or push out.</summary>
    public ulong Touch() => unchecked((ulong)_prices[_next] + (_bought[_next] ? 1UL : 0) + _highest.Touch() + _lowestNegated.Touch());

    /// <summary>Bytes that <see cref="Save"/> writes at most.</summary>
    public int MaxSnapshotBytes => 8 + (_prices.Length * 9);

    /// <summary>Writes the window, oldest trade first.</summary>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        int held = (int)Math.Min(_count, _prices.Length);
        for (int age = held; age > 0; age--)
        {
            writer.Write(PriceOfAge(age));
            writer.Write(_bought[SlotOfAge(age)]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote; sums and extremes are computed afresh.</summary>
    public void Load(ref StateReader reader)
    {
        (_sum, _sumOfSquares, _count, _next, _buys) = (0, 0, 0, 0, 0);
        _highest.Clear();
        _lowestNegated.Clear();
        long count = reader.ReadInt64(0, long.MaxValue);
        for (long held = Math.Min(count, _prices.Length); held > 0; held--)
            Add(reader.ReadInt64(1, long.MaxValue), reader.ReadBoolean());
        if (IsFull)
            Renumber(count);
    }

    // Extremes number their values by the count, so a restored window counts on from where the saved one stood.
    private void Renumber(long count)
    {
        _highest.Clear();
        _lowestNegated.Clear();
        for (int age = _prices.Length; age > 0; age--)
        {
            long price = PriceOfAge(age);
            _highest.Add(count - age, price);
            _lowestNegated.Add(count - age, -price);
        }
        _count = count;
    }

    private void Refresh()
    {
        Debug.Assert(IsFull, "a window that is not full has no value");
        if (!_isStale)
            return;
        long highest = _highest.Largest;
        long range = unchecked(highest + _lowestNegated.Largest);
        _changeRate = range / (double)highest;
        _volatility = range == 0 ? 0 : Math.Sqrt(Variance(range)) / _priceScale;
        _isStale = false;
    }

    private double Variance(long range)
    {
        int n = _prices.Length;
        double pairs = n * (n - 1.0);
        unchecked
        {
            if (range < (1L << 32) / n) // the numerator fits 64 bits: low halves are enough
                return (((ulong)n * (ulong)_sumOfSquares) - ((ulong)_sum * (ulong)_sum)) / pairs;
            if (range < WideRange)
                return (double)(((UInt128)n * _sumOfSquares) - (_sum * _sum)) / pairs;
        }
        return WideVariance();
    }

    // In order of age, so that a restored window gives the same bits wherever its ring begins.
    private double WideVariance()
    {
        double mean = 0;
        for (int age = _prices.Length; age > 0; age--)
            mean += (double)PriceOfAge(age) / _prices.Length;
        double squares = 0;
        for (int age = _prices.Length; age > 0; age--)
            squares += (PriceOfAge(age) - mean) * (PriceOfAge(age) - mean);
        return squares / (_prices.Length - 1);
    }

    private long PriceOfAge(int age) => _prices[SlotOfAge(age)];

    private int SlotOfAge(int age) => _next >= age ? _next - age : _next - age + _prices.Length;
}
