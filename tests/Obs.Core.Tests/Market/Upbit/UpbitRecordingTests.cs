using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Tests.Market.Text;

namespace Obs.Core.Tests.Market.Upbit;

/// <summary>Recorded frames, checked by the venue's own redundancy: the sums it states are the sums of its levels.</summary>
[TestFixture]
public sealed class UpbitRecordingTests
{
    private const string Recording = "data/upbit/upbit_10markets_20210405.frames.gz";

    [Test]
    public void Every_frame_decodes_alike_on_both_paths_and_by_the_oracle()
    {
        FuzzedUpbit venue = new();
        DecoderFuzzer checker = new(venue);
        foreach (byte[] frame in RecordedFrames.Read(SharedData.Path(Recording)))
            Assert.That(checker.Fault(frame), Is.Null);
        Assert.That((checker.Accepted, checker.Refused), Is.EqualTo((1_733, 0)));
        Assert.That(checker.AcceptedFast, Is.EqualTo(checker.Accepted), "a recorded frame fell off the fast path");
    }

    [Test]
    public void Level_sums_equal_the_totals_the_venue_states()
    {
        FuzzedUpbit venue = new();
        BookLevel[] levels = new BookLevel[16_384];
        int books = 0, trades = 0;
        foreach (byte[] frame in RecordedFrames.Read(SharedData.Path(Recording)))
        {
            MarketEvent e = default;
            Assert.That(venue.Decode(frame, levels, ref e), Is.EqualTo(DecodeStatus.Ok));
            trades += e.Kind == MarketEventKind.Trade ? 1 : 0;
            if (e.Kind != MarketEventKind.FullBook)
                continue;
            books++;
            Assert.That((e.BidCount, e.AskCount), Is.EqualTo((15, 15)));
            Assert.That(Sum(levels.AsSpan(0, 15)), Is.EqualTo(e.TotalBidSize));
            Assert.That(Sum(levels.AsSpan(15, 15)), Is.EqualTo(e.TotalAskSize));
            Assert.That(levels[0].Price, Is.LessThan(levels[15].Price), "crossed");
        }
        Assert.That((books, trades), Is.EqualTo((1_061, 672)));
        Assert.That(venue.Registry.Count, Is.EqualTo(9));
    }

    [Test]
    public void The_sum_check_notices_one_lot_too_many()
    {
        BookLevel[] levels = [new(new Price(1), new Size(140_000_000)), new(new Price(2), new Size(1))];
        Assert.That(Sum(levels), Is.Not.EqualTo(1.4));
        Assert.That(Sum(levels.AsSpan(0, 1)), Is.EqualTo(1.4));
    }

    private static double Sum(ReadOnlySpan<BookLevel> levels) => (double)(levels.ToArray().Sum(static level => (decimal)level.Size.Mantissa) / 100_000_000m);
}
