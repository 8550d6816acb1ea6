using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>What is known of one stream's frames: how they begin, what they are, whose they are.</summary>
internal struct BinanceHead
{
    /// <summary>The bytes up to the first price.</summary>
    public FrameHead Text;

    /// <summary>The market named there.</summary>
    public MarketScale Market;

    /// <summary>What the frames are; meaningful once the text is learned.</summary>
    public BinanceHeadKind Kind;

    /// <summary>Frames since it was learned that led here and began otherwise.</summary>
    public int Misses;
}
