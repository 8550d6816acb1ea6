using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Faults a fuzzer must be able to find.</summary>
internal enum PlantedFault
{
    /// <summary>The last ask of a book of several asks is one lot too large, on both paths.</summary>
    OneLotTooMany,

    /// <summary>The fast path takes sizes of zero for a missing level.</summary>
    PathsDisagree,

    /// <summary>A frame that ends in a comma throws.</summary>
    Throws,

    /// <summary>The byte behind the frame changes the time.</summary>
    ReadsOutside,

    /// <summary>A refused frame leaves its kind behind.</summary>
    LeavesTraces,

    /// <summary>Trailing text is accepted.</summary>
    AcceptsTooMuch,
}

/// <summary>A decoder with one fault: the control of the fuzzer.</summary>
internal sealed unsafe class PlantedFaultDecoder(IFuzzedDecoder inner, PlantedFault fault) : IFuzzedDecoder
{
    public DecodeStatus Decode(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e) => Decode(frame, levels, ref e, general: false);

    public DecodeStatus DecodeGeneral(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e) => Decode(frame, levels, ref e, general: true);

    public bool TakesFastPath(ReadOnlySpan<byte> frame, Span<BookLevel> levels) => inner.TakesFastPath(frame, levels);

    public DecodedFrame Oracle(byte[] frame) => inner.Oracle(frame);

    private DecodeStatus Decode(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e, bool general)
    {
        if (fault == PlantedFault.Throws && frame.EndsWith(","u8))
            throw new InvalidOperationException("planted");
        if (fault == PlantedFault.AcceptsTooMuch && frame.EndsWith("}}}"u8))
            frame = frame[..^1];
        DecodeStatus status = general ? inner.DecodeGeneral(frame, levels, ref e) : inner.Decode(frame, levels, ref e);
        if (fault == PlantedFault.LeavesTraces && status == DecodeStatus.Overflow)
            e.Kind = MarketEventKind.Diff;
        if (status != DecodeStatus.Ok)
            return status;
        if (fault == PlantedFault.ReadsOutside)
            e.VenueNs += BehindTheEnd(frame);
        if (fault == PlantedFault.OneLotTooMany && e.AskCount > 1)
            levels[e.BidCount + e.AskCount - 1] = new BookLevel(levels[e.BidCount].Price, new Size(levels[e.BidCount].Size.Mantissa + 1));
        if (fault == PlantedFault.PathsDisagree && !general && e.AskCount > 0 && levels[e.BidCount + e.AskCount - 1].Size.Mantissa == 0)
            e.AskCount--;
        return status;
    }

    private static byte BehindTheEnd(ReadOnlySpan<byte> frame)
    {
        fixed (byte* first = frame)
            return first[frame.Length];
    }
}
