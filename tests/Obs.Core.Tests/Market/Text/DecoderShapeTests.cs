using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Tests.Market.Binance;
using Obs.Core.Tests.Market.Upbit;

namespace Obs.Core.Tests.Market.Text;

/// <summary>The shape of a frame has no meaning: whatever the order, the spaces, the notation, the result is the same.</summary>
[TestFixture]
public sealed class DecoderShapeTests
{
    private readonly BookLevel[] _levels = new BookLevel[16_384];

    [Test]
    public void Upbit_frames_mean_the_same_in_any_shape([Range(1, 30)] int seed) => Check(new FuzzedUpbit(), UpbitFrames.All, seed);

    [Test]
    public void Binance_spot_frames_mean_the_same_in_any_shape([Range(1, 30)] int seed) => Check(new FuzzedBinance(VenueId.BinanceSpot), BinanceFrames.Spot, seed);

    [Test]
    public void Binance_futures_frames_mean_the_same_in_any_shape([Range(1, 30)] int seed) => Check(new FuzzedBinance(VenueId.BinanceUsdm), BinanceFrames.Usdm, seed);

    [Test]
    public void The_comparison_notices_another_meaning()
    {
        FuzzedUpbit venue = new();
        DecodedFrame one = Decode(venue, Encoding.UTF8.GetBytes(UpbitFrames.Book));
        DecodedFrame other = Decode(venue, Encoding.UTF8.GetBytes(UpbitFrames.Book.Replace("\"bs\":2.0", "\"bs\":2.1", System.StringComparison.Ordinal)));
        Assert.That(one.DifferenceTo(other), Is.Not.Null);
    }

    private void Check(IFuzzedDecoder venue, IReadOnlyList<string> frames, int seed)
    {
        FrameRewriter rewriter = new(seed);
        foreach (string frame in frames.OrderBy(static f => f.Length))
        {
            byte[] odd = rewriter.Rewrite(frame);
            // the odd shape first: a market may enter a run by either path
            DecodedFrame rewritten = Decode(venue, odd);
            Assert.That(rewritten.DifferenceTo(Decode(venue, Encoding.UTF8.GetBytes(frame))), Is.Null, $"seed {seed}: {Encoding.UTF8.GetString(odd)}");
            Assert.That(rewritten.Status, Is.EqualTo(DecodeStatus.Ok), $"seed {seed}: {Encoding.UTF8.GetString(odd)}");
        }
    }

    private DecodedFrame Decode(IFuzzedDecoder venue, byte[] frame)
    {
        MarketEvent e = new() { Sequence = 7, ReceiveNs = 9 };
        return DecodedFrame.Of(venue.Decode(frame, _levels, ref e), e, _levels);
    }
}
