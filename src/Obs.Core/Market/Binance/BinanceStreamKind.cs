namespace Obs.Core.Market.Binance;

/// <summary>What a combined stream's name says about its frames, as far as the frame itself does not say it.</summary>
internal enum BinanceStreamKind : byte
{
    /// <summary>A raw payload without an envelope.</summary>
    None = 0,

    /// <summary><c>@depth</c>, <c>@depth@100ms</c>: changes of the book.</summary>
    DepthDiff = 1,

    /// <summary>Anything else. Partial depth (<c>@depth5/10/20</c>) carries the event type of a diff on futures, but is a full top-N;
    /// <c>@rpiDepth</c> shows another book.</summary>
    Any = 2,
}
