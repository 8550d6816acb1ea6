using System;
using System.Diagnostics;

namespace Obs.Core.Signals;

/// <summary>The book frames of the last 300 s with the running sums that order flow, depth and returns need; all sums are integers.</summary>
/// <remarks><para>A span w at time t holds the frames in (t − w, t]. The state a span starts from is the last one received at or before t − w; where there
/// is none since the last <see cref="Clear"/>, the span is not <see cref="Covered"/> and has no value.</para>
/// <para>Engine thread. O(1) a frame on average. The ring doubles when full (a rare allocation) up to <see cref="MaxFrames"/>; beyond that the longest
/// span is cut short, which is counted in <see cref="LeftEarly"/>.</para></remarks>
internal sealed class FrameHistory
{
    /// <summary>Most frames held: 300 s at 3,495 frames a second.</summary>
    public const int MaxFrames = 1 << 20;

    /// <summary>Number of spans.</summary>
    public const int Spans = 4;

    /// <summary>Span of the short return.</summary>
    public const int Span1S = 0;

    /// <summary>Span of the longer return and the short order flow.</summary>
    public const int Span5S = 1;

    /// <summary>Span of the longer order flow.</summary>
    public const int Span30S = 2;

    /// <summary>Span of the mean depth.</summary>
    public const int Span300S = 3;

    private static readonly long[] SpanNs = [1_000_000_000, 5_000_000_000, 30_000_000_000, 300_000_000_000];
    private readonly long[] _starts = new long[Spans];
    private readonly bool[] _isKept = new bool[Spans];
    private FrameEntry[] _ring = new FrameEntry[1024];
    private long _first;
    private long _head;
    private Int128 _flow5S;
    private Int128 _flow30S;
    private Int128 _depth300S;

    /// <summary>Creates a history that keeps the spans some features need.</summary>
    public FrameHistory(FeatureSet wanted)
    {
        bool flow5S = wanted.Has(FeatureId.OrderFlow5S);
        bool flow30S = wanted.Has(FeatureId.OrderFlow30S);
        _isKept[Span1S] = wanted.Has(FeatureId.Return1S);
        _isKept[Span5S] = flow5S || wanted.Has(FeatureId.Return5S);
        _isKept[Span30S] = flow30S;
        _isKept[Span300S] = flow5S || flow30S;
    }

    /// <summary>Frames that left the longest span before their time.</summary>
    public long LeftEarly { get; private set; }

    /// <summary>Sum of the flow increments of 5 s, in lots.</summary>
    public double Flow5S => ExactSum.ToDouble(_flow5S);

    /// <summary>Sum of the flow increments of 30 s, in lots.</summary>
    public double Flow30S => ExactSum.ToDouble(_flow30S);

    /// <summary>Sum of bid plus ask size of the frames of 300 s, in lots.</summary>
    public double Depth300S => ExactSum.ToDouble(_depth300S);

    /// <summary>Number of frames of 300 s.</summary>
    public long Frames300S => _head - _starts[Span300S];

    /// <summary>True when a state at or before the start of the span is known.</summary>
    public bool Covered(int span) => _starts[span] > _first;

    /// <summary>Twice the mid the span starts from; only when <see cref="Covered"/>.</summary>
    public long DoubleMidBefore(int span)
    {
        Debug.Assert(Covered(span), "a span without a start has no state before it");
        return At(_starts[span] - 1).DoubleMid;
    }

    /// <summary>Adds a frame; times must not fall.</summary>
    public void Add(in FrameEntry entry)
    {
        Debug.Assert(_head == _first || At(_head - 1).TimeNs <= entry.TimeNs, "times rise");
        if (_head - Oldest() >= _ring.Length)
            MakeRoom();
        Debug.Assert(Math.Abs(entry.Flow) <= 2 * OrderFlow.MaxLots, "2^20 of them cannot overflow 128 bits");
        Debug.Assert(entry.Depth is >= 0 and <= 2 * OrderFlow.MaxLots, "2^20 of them cannot overflow 128 bits");
        _ring[_head & (_ring.Length - 1)] = entry;
        _head++;
        unchecked
        {
            _flow5S += entry.Flow;
            _flow30S += entry.Flow;
            _depth300S += entry.Depth;
        }
        AdvanceTo(entry.TimeNs);
    }

    /// <summary>Moves the start of every span to t − w.</summary>
    public void AdvanceTo(long timeNs)
    {
        for (int span = 0; span < _starts.Length; span++)
        {
            long from = _isKept[span] ? timeNs - SpanNs[span] : long.MaxValue;
            while (_starts[span] < _head && _ring[_starts[span] & (_ring.Length - 1)].TimeNs <= from)
                DropOldest(span);
        }
        Debug.Assert(_first <= _starts[Span300S] && _starts[Span5S] <= _head, "first ≤ start ≤ head");
    }

    /// <summary>Forgets every frame: what came before a resynchronisation is no history of what comes after.</summary>
    public void Clear()
    {
        _first = _head;
        Array.Fill(_starts, _head);
        (_flow5S, _flow30S, _depth300S) = (0, 0, 0);
    }

    /// <summary>Mixes the sums and the length of every span into a hash.</summary>
    public ulong StateHash(ulong seed)
    {
        unchecked
        {
            ulong hash = StateMix.Add(StateMix.Add(StateMix.Add(seed, (ulong)_flow5S), (ulong)_flow30S), (ulong)_depth300S);
            foreach (long start in _starts)
                hash = StateMix.Add(hash, ((ulong)(_head - start) << 1) | (start > _first ? 1UL : 0));
            return hash;
        }
    }

    /// <summary>Reads the places the next frame will take or push out.</summary>
    public ulong Touch()
    {
        ulong read = unchecked((ulong)_ring[_head & (_ring.Length - 1)].TimeNs);
        foreach (long start in _starts)
            read = unchecked(read + (ulong)_ring[start & (_ring.Length - 1)].TimeNs);
        return read;
    }

    /// <summary>Bytes that <see cref="Save"/> writes now.</summary>
    public int SnapshotBytes => (int)(8 * (2 + Spans) + (32 * (_head - Oldest())));

    /// <summary>Writes the frames held, oldest first, and where each span starts.</summary>
    public void Save(ref StateWriter writer)
    {
        long oldest = Oldest();
        writer.Write(_head - oldest);
        writer.Write(oldest - _first);
        foreach (long start in _starts)
            writer.Write(start - oldest);
        for (long index = oldest; index < _head; index++)
        {
            FrameEntry entry = At(index);
            writer.Write(entry.TimeNs);
            writer.Write(entry.Flow);
            writer.Write(entry.Depth);
            writer.Write(entry.DoubleMid);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote; sums are computed afresh.</summary>
    public void Load(ref StateReader reader)
    {
        long held = reader.ReadInt64(0, MaxFrames);
        long before = reader.ReadInt64(0, long.MaxValue / 2);
        while (_ring.Length < held)
            _ring = new FrameEntry[_ring.Length * 2];
        (_first, _head) = (0, before + held);
        (_flow5S, _flow30S, _depth300S) = (0, 0, 0);
        for (int span = 0; span < Spans; span++)
            _starts[span] = before + reader.ReadInt64(0, held);
        for (long index = before; index < _head; index++)
        {
            FrameEntry entry = new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            _ring[index & (_ring.Length - 1)] = entry;
            _flow5S += index >= _starts[Span5S] ? entry.Flow : 0;
            _flow30S += index >= _starts[Span30S] ? entry.Flow : 0;
            _depth300S += index >= _starts[Span300S] ? entry.Depth : 0;
        }
    }

    private FrameEntry At(long index) => _ring[index & (_ring.Length - 1)];

    private void DropOldest(int span)
    {
        ref readonly FrameEntry entry = ref _ring[_starts[span]++ & (_ring.Length - 1)];
        unchecked
        {
            if (span == Span5S)
                _flow5S -= entry.Flow;
            else if (span == Span30S)
                _flow30S -= entry.Flow;
            else if (span == Span300S)
                _depth300S -= entry.Depth;
        }
    }

    // The state before a span's start is still needed by returns, hence one more than the earliest start.
    private long Oldest()
    {
        long earliest = Math.Min(Math.Min(_starts[Span1S], _starts[Span5S]), Math.Min(_starts[Span30S], _starts[Span300S]));
        return Math.Max(_first, earliest - 1);
    }

    private void MakeRoom()
    {
        if (_ring.Length < MaxFrames)
        {
            FrameEntry[] larger = new FrameEntry[_ring.Length * 2];
            for (long index = Oldest(); index < _head; index++)
                larger[index & (larger.Length - 1)] = At(index);
            _ring = larger;
            return;
        }
        LeftEarly++;
        long oldest = Oldest();
        for (int span = 0; span < Spans; span++)
        {
            while (_starts[span] <= oldest + 1)
                DropOldest(span);
        }
        Debug.Assert(_head - Oldest() < _ring.Length, "room for one more");
    }
}
