using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market.Text;

/// <summary>A decoder with its two paths laid open, and somebody who knows better.</summary>
internal interface IFuzzedDecoder
{
    DecodeStatus Decode(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e);

    DecodeStatus DecodeGeneral(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e);

    /// <summary>True when the fast path alone decodes the frame.</summary>
    bool TakesFastPath(ReadOnlySpan<byte> frame, Span<BookLevel> levels);

    /// <summary>The same frame by the independent decoder; its status is Ok or Malformed for "refused".</summary>
    DecodedFrame Oracle(byte[] frame);
}
