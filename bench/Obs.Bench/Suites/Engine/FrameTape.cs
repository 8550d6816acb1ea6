using System;
using Obs.Core.Market;
using Obs.Core.Simulation;

namespace Obs.Bench.Suites.Engine;

/// <summary>Frames in one block of memory with their receive times, ready to be given to an engine at any pace.</summary>
internal sealed class FrameTape
{
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(1 << 20, pinned: true);
    private (long ReceiveNs, int Offset, int Length)[] _frames = new (long, int, int)[1024];
    private int _used;

    /// <summary>An empty tape of one venue.</summary>
    public FrameTape(VenueId venue) => Venue = venue;

    /// <summary>Whose frames they are.</summary>
    public VenueId Venue { get; }

    /// <summary>Frames on it.</summary>
    public int Count { get; private set; }

    /// <summary>Upbit frames of 30 levels in DEFAULT names, made by the market generator.</summary>
    public static FrameTape Upbit30(int frames)
    {
        FrameTape tape = new(VenueId.Upbit);
        MarketGenerator market = new(new MarketGeneratorOptions { Seed = 30, Levels = 30, Format = UpbitFrameFormat.Default });
        while (tape.Count < frames && market.Next(out long receiveNs, out ReadOnlySpan<byte> frame))
            tape.Add(receiveNs, frame);
        return tape;
    }

    /// <summary>Receive time of a frame.</summary>
    public long ReceiveNs(int index) => _frames[index].ReceiveNs;

    /// <summary>Bytes of a frame.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => new(_bytes, _frames[index].Offset, _frames[index].Length);

    /// <summary>Adds a frame.</summary>
    public void Add(long receiveNs, ReadOnlySpan<byte> frame)
    {
        if (Count == _frames.Length)
            Array.Resize(ref _frames, Count * 2);
        if (_used + frame.Length > _bytes.Length)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Max(_bytes.Length * 2, _used + frame.Length), pinned: true);
            Array.Copy(_bytes, larger, _used);
            _bytes = larger;
        }
        frame.CopyTo(_bytes.AsSpan(_used));
        _frames[Count++] = (receiveNs, _used, frame.Length);
        _used += frame.Length;
    }
}
