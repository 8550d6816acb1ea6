using System;
using System.Diagnostics;

namespace Obs.Core.Signals;

/// <summary>Bought and sold size of the trades of a trailing span (t − span, t], in lots, exact.</summary>
/// <remarks>Engine thread. O(1) a trade on average. The ring doubles when it is full (a rare allocation) up to <see cref="MaxTrades"/>;
/// beyond that the oldest trades leave early, which is counted.</remarks>
internal sealed class TradeFlow
{
    /// <summary>Most trades held.</summary>
    public const int MaxTrades = 1 << 20;

    private readonly long _spanNs;
    private (long TimeNs, long SignedLots)[] _ring = new (long, long)[256];
    private long _tail;
    private long _head;
    private Int128 _bought;
    private Int128 _sold;

    /// <summary>Creates it for a span in ns.</summary>
    public TradeFlow(long spanNs)
    {
        Debug.Assert(spanNs > 0, "a span has a length");
        _spanNs = spanNs;
    }

    /// <summary>Trades that left before their time because the ring may not grow further.</summary>
    public long LeftEarly { get; private set; }

    /// <summary>Bought less sold, in lots.</summary>
    public double Net => ExactSum.ToDouble(_bought - _sold);

    /// <summary>Bought and sold, in lots; 0 when the span holds no trade.</summary>
    public double Gross => ExactSum.ToDouble(_bought + _sold);

    /// <summary>Adds a trade; times must not fall.</summary>
    public void Add(long timeNs, long lots, bool bought)
    {
        Debug.Assert(lots > 0, "the decoder refuses trades of size zero or less");
        Debug.Assert(_head == _tail || _ring[(_head - 1) & (_ring.Length - 1)].TimeNs <= timeNs, "times rise");
        AdvanceTo(timeNs);
        if (_head - _tail == _ring.Length)
            MakeRoom();
        _ring[_head & (_ring.Length - 1)] = (timeNs, bought ? lots : -lots);
        _head++;
        if (bought)
            _bought += lots;
        else
            _sold += lots;
    }

    /// <summary>Lets go of the trades at or before t − span.</summary>
    public void AdvanceTo(long timeNs)
    {
        while (_tail < _head && _ring[_tail & (_ring.Length - 1)].TimeNs <= timeNs - _spanNs)
            DropOldest();
    }

    /// <summary>Mixes the window into a hash.</summary>
    public ulong StateHash(ulong seed)
    {
        unchecked
        {
            return StateMix.Add(StateMix.Add(StateMix.Add(seed, (ulong)(_head - _tail)), (ulong)_bought), (ulong)_sold);
        }
    }

    /// <summary>Reads the places the next trade will take or push out.</summary>
    public ulong Touch() => unchecked((ulong)(_ring[_head & (_ring.Length - 1)].TimeNs + _ring[_tail & (_ring.Length - 1)].TimeNs));

    /// <summary>Bytes that <see cref="Save"/> writes now.</summary>
    public int SnapshotBytes => 8 + (int)(16 * (_head - _tail));

    /// <summary>Writes the trades held, oldest first.</summary>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_head - _tail);
        for (long index = _tail; index < _head; index++)
        {
            writer.Write(_ring[index & (_ring.Length - 1)].TimeNs);
            writer.Write(_ring[index & (_ring.Length - 1)].SignedLots);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote; sums are computed afresh.</summary>
    public void Load(ref StateReader reader)
    {
        (_tail, _head, _bought, _sold) = (0, 0, 0, 0);
        for (long left = reader.ReadInt64(0, MaxTrades); left > 0; left--)
        {
            long timeNs = reader.ReadInt64();
            long signedLots = reader.ReadInt64(-long.MaxValue, long.MaxValue);
            Add(timeNs, Math.Abs(signedLots), signedLots > 0);
        }
    }

    private void DropOldest()
    {
        long signedLots = _ring[_tail & (_ring.Length - 1)].SignedLots;
        _tail++;
        if (signedLots > 0)
            _bought -= signedLots;
        else
            _sold += signedLots;
        Debug.Assert(_bought >= 0 && _sold >= 0, "what leaves had entered");
    }

    private void MakeRoom()
    {
        if (_ring.Length == MaxTrades)
        {
            DropOldest();
            LeftEarly++;
            return;
        }
        (long, long)[] larger = new (long, long)[_ring.Length * 2];
        for (long index = _tail; index < _head; index++)
            larger[index & (larger.Length - 1)] = _ring[index & (_ring.Length - 1)];
        _ring = larger;
    }
}
