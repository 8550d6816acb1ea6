using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class DecodedFormTests
{
    [TestCase(nameof(MarketEvent.Sequence), 0), TestCase(nameof(MarketEvent.ReceiveNs), 8), TestCase(nameof(MarketEvent.VenueNs), 16)]
    [TestCase(nameof(MarketEvent.MatchNs), 24), TestCase(nameof(MarketEvent.FirstUpdateId), 32), TestCase(nameof(MarketEvent.LastUpdateId), 40)]
    [TestCase(nameof(MarketEvent.PreviousUpdateId), 48), TestCase(nameof(MarketEvent.TotalBidSize), 56), TestCase(nameof(MarketEvent.TotalAskSize), 64)]
    [TestCase(nameof(MarketEvent.Price), 72), TestCase(nameof(MarketEvent.Size), 80), TestCase(nameof(MarketEvent.BidCount), 88)]
    [TestCase(nameof(MarketEvent.AskCount), 92), TestCase(nameof(MarketEvent.Instrument), 96), TestCase(nameof(MarketEvent.Kind), 98)]
    [TestCase(nameof(MarketEvent.Aggressor), 99), TestCase(nameof(MarketEvent.Flags), 100)]
    public void Fields_on_disk_stay_where_they_are(string field, int offsetBytes) =>
        Assert.That((int)Marshal.OffsetOf<MarketEvent>(field), Is.EqualTo(offsetBytes));

    [Test]
    public void Sizes_on_disk_stay_what_they_are()
    {
        Assert.That((Unsafe.SizeOf<MarketEvent>(), Unsafe.SizeOf<BookLevel>()), Is.EqualTo((104, 16)));
        Assert.That((DecodedForm.HeaderBytes, DecodedForm.LevelBytes, DecodedForm.SizeOf(3)), Is.EqualTo((104, 16, 152)));
    }

    [TestCase(MarketEventKind.Other, 0), TestCase(MarketEventKind.FullBook, 1), TestCase(MarketEventKind.Snapshot, 2), TestCase(MarketEventKind.Diff, 3)]
    [TestCase(MarketEventKind.Trade, 4), TestCase(MarketEventKind.BookTicker, 5), TestCase(MarketEventKind.Ticker, 6)]
    public void Kinds_on_disk_only_grow(MarketEventKind kind, int number) => Assert.That((int)kind, Is.EqualTo(number));

    [Test]
    public void What_was_written_is_read_where_it_lies()
    {
        byte[] bytes = Written(Diff(), [MarketFixture.Level(100, 5), MarketFixture.Level(99, 0), MarketFixture.Level(101, 7)]);
        Assert.That(DecodedForm.TryRead(bytes, out MarketEvent e, out ReadOnlySpan<BookLevel> levels), Is.True);
        Assert.That((e.ReceiveNs, e.FirstUpdateId, e.LastUpdateId, e.BidCount, e.AskCount), Is.EqualTo((77L, 10L, 12L, 2, 1)));
        Assert.That(levels.ToArray(), Is.EqualTo(new[] { MarketFixture.Level(100, 5), MarketFixture.Level(99, 0), MarketFixture.Level(101, 7) }));
        Assert.That(Unsafe.AreSame(in Unsafe.As<BookLevel, byte>(ref MemoryMarshal.GetReference(levels)), in bytes[DecodedForm.HeaderBytes]), Is.True);
    }

    [Test]
    public void A_frame_cut_or_lengthened_anywhere_is_refused()
    {
        byte[] bytes = Written(Diff(), [MarketFixture.Level(100, 5), MarketFixture.Level(99, 0), MarketFixture.Level(101, 7)]);
        for (int length = 0; length < bytes.Length; length++)
            Assert.That(DecodedForm.TryRead(bytes.AsSpan(0, length), out _, out _), Is.False, $"{length} bytes");
        Assert.That(DecodedForm.TryRead([.. bytes, 0], out _, out _), Is.False);
    }

    [TestCaseSource(nameof(Impossible))]
    public void What_no_decoder_makes_is_refused(string what, MarketEvent e, BookLevel[] levels) =>
        Assert.That(DecodedForm.TryRead(Written(e, levels, isRaw: true), out _, out _), Is.False, what);

    [TestCase(double.NaN), TestCase(0.0), TestCase(double.MaxValue)]
    public void Totals_that_a_venue_may_state_and_the_last_possible_time_are_read(double total)
    {
        MarketEvent diff = Diff() with { TotalBidSize = total, TotalAskSize = total, VenueNs = FrameTime.EndNs - 1, MatchNs = FrameTime.EndNs - 1 };
        BookLevel level = MarketFixture.Level(100, 5);
        Assert.That(DecodedForm.TryRead(Written(diff, [level, level, level]), out _, out _), Is.True);
    }

    [Test]
    public void A_ticker_of_an_empty_side_and_a_diff_of_all_levels_are_read()
    {
        MarketEvent ticker = new() { Kind = MarketEventKind.BookTicker, BidCount = 1, AskCount = 1 };
        Assert.That(DecodedForm.TryRead(Written(ticker, [MarketFixture.Level(0, 0), MarketFixture.Level(101, 1)]), out _, out _), Is.True);
        BookLevel[] all = Enumerable.Repeat(MarketFixture.Level(1, 1), DecodedForm.LevelsMax).ToArray();
        MarketEvent diff = new() { Kind = MarketEventKind.Diff, BidCount = 1, AskCount = DecodedForm.LevelsMax - 1 };
        Assert.That(DecodedForm.TryRead(Written(diff, all), out _, out ReadOnlySpan<BookLevel> levels), Is.True);
        Assert.That(levels.Length, Is.EqualTo(DecodedForm.LevelsMax));
    }

    [Test]
    public void Random_bytes_never_throw([Range(1, 5)] int seed)
    {
        Random random = new(seed);
        byte[] template = Written(Diff(), [MarketFixture.Level(100, 5), MarketFixture.Level(99, 0), MarketFixture.Level(101, 7)]);
        int refused = 0;
        for (int step = 0; step < 20_000; step++)
        {
            byte[] bytes = [.. template];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            refused += DecodedForm.TryRead(bytes, out MarketEvent e, out ReadOnlySpan<BookLevel> levels) ? 0 : 1;
            Assert.That(levels.Length, Is.EqualTo(levels.IsEmpty ? 0 : e.BidCount + e.AskCount), $"seed {seed}, step {step}");
        }
        Assert.That(refused, Is.InRange(1_000, 19_000), "some changes are harmless, some are not");
    }

    private static object[][] Impossible()
    {
        BookLevel level = MarketFixture.Level(100, 5);
        MarketEvent full = new() { Kind = MarketEventKind.FullBook, BidCount = 2 };
        return
        [
            ["a kind that does not exist", Diff() with { Kind = (MarketEventKind)7 }, new[] { level, level, level }],
            ["a side that does not exist", Diff() with { Aggressor = (Side)2 }, new[] { level, level, level }],
            ["an unknown flag", Diff() with { Flags = (MarketEventFlags)16 }, new[] { level, level, level }],
            ["a negative count", new MarketEvent { Kind = MarketEventKind.Diff, BidCount = -1, AskCount = 2 }, new[] { level }],
            ["counts that overflow", new MarketEvent { Kind = MarketEventKind.Diff, BidCount = int.MaxValue, AskCount = 2 }, new[] { level }],
            ["ids that end before they begin", Diff() with { FirstUpdateId = 13 }, new[] { level, level, level }],
            ["a negative id", new MarketEvent { Kind = MarketEventKind.BookTicker, LastUpdateId = -1, BidCount = 1, AskCount = 1 }, new[] { level, level }],
            ["a negative time", Diff() with { VenueNs = -1 }, new[] { level, level, level }],
            ["a time that none can be added to", Diff() with { MatchNs = long.MaxValue }, new[] { level, level, level }],
            ["a year that no decoder takes", Diff() with { VenueNs = FrameTime.EndNs }, new[] { level, level, level }],
            ["a negative total", Diff() with { TotalBidSize = 1, TotalAskSize = -1 }, new[] { level, level, level }],
            ["an infinite total", Diff() with { TotalBidSize = double.PositiveInfinity }, new[] { level, level, level }],
            ["a negative size", Diff(), new[] { level, MarketFixture.Level(99, -1), level }],
            ["a negative price", Diff(), new[] { level, level, MarketFixture.Level(-99, 1) }],
            ["a diff at price zero", Diff(), new[] { level, MarketFixture.Level(0, 5), level }],
            ["a snapshot at price zero", new MarketEvent { Kind = MarketEventKind.Snapshot, BidCount = 1 }, new[] { MarketFixture.Level(0, 5) }],
            ["the least price there is", Diff(), new[] { level, MarketFixture.Level(long.MinValue, 5), level }],
            ["a level too many", new MarketEvent { Kind = MarketEventKind.Diff, BidCount = DecodedForm.LevelsMax, AskCount = 1 }, Enumerable.Repeat(level, DecodedForm.LevelsMax + 1).ToArray()],
            ["a ticker of negative size", new MarketEvent { Kind = MarketEventKind.BookTicker, BidCount = 1, AskCount = 1 }, new[] { level, MarketFixture.Level(101, -1) }],
            ["a trade without a size", new MarketEvent { Kind = MarketEventKind.Trade, Price = new Price(1) }, Array.Empty<BookLevel>()],
            ["a trade without a price", new MarketEvent { Kind = MarketEventKind.Trade, Size = new Size(1) }, Array.Empty<BookLevel>()],
            ["a ticker without an ask", new MarketEvent { Kind = MarketEventKind.BookTicker, BidCount = 1 }, new[] { level }],
            ["a full book out of order", full, new[] { MarketFixture.Level(99, 1), MarketFixture.Level(100, 1) }],
            ["a full book with a level twice", full, new[] { level, level }],
            ["a full book with an empty level", full, new[] { level, MarketFixture.Level(99, 0) }],
        ];
    }

    private static MarketEvent Diff() => new() { Kind = MarketEventKind.Diff, ReceiveNs = 77, FirstUpdateId = 10, LastUpdateId = 12, BidCount = 2, AskCount = 1 };

    private static byte[] Written(MarketEvent e, BookLevel[] levels, bool isRaw = false)
    {
        byte[] bytes = new byte[DecodedForm.SizeOf(levels.Length)];
        if (isRaw)
        {
            MemoryMarshal.Write(bytes, in e);
            MemoryMarshal.AsBytes<BookLevel>(levels).CopyTo(bytes.AsSpan(DecodedForm.HeaderBytes));
        }
        else
        {
            Assert.That(DecodedForm.Write(e, levels, bytes), Is.EqualTo(bytes.Length));
        }
        return bytes;
    }
}
