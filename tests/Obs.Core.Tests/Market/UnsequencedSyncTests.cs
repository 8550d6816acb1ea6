using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class UnsequencedSyncTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void A_book_that_comes_back_after_another_is_dropped_with_its_repeats_and_the_book_suspect()
    {
        BookScript<DepthBook> book = Book();
        foreach ((int second, string levels, BookQuality quality) in new[]
        {
            (0, "b100:5 a101:5", BookQuality.Synced),
            (1, "b100:5 a101:5", BookQuality.Synced), // an immediate repeat of a good book is good
            (2, "b99:5 a101:5", BookQuality.Synced),
            (3, "b100:5 a101:5", BookQuality.Suspect),
            (4, "b100:5 a101:5", BookQuality.Suspect),
            (5, "b99:5 a101:5", BookQuality.Suspect), // seen at 2 s, another in between
            (6, "b98:5 a101:5", BookQuality.Synced),
        })
        {
            book.Full(levels, 0, MarketEventFlags.Unsequenced, second * Second);
            Assert.That(book.Quality, Is.EqualTo(quality), $"second {second}");
        }
        Assert.That(book.Calls, Has.Count.EqualTo(4), "no row for a dropped frame");
        Assert.That(book.Market.Counters.Dropped(DropReason.StaleRepeat), Is.EqualTo(3));
    }

    [TestCase(120, true), TestCase(121, false)]
    public void A_sighting_is_remembered_for_120_seconds(int seconds, bool isStale)
    {
        BookScript<DepthBook> book = Book().Full("b100:5 a101:5", 0, MarketEventFlags.Unsequenced, 0)
            .Full("b99:5 a101:5", 0, MarketEventFlags.Unsequenced, Second)
            .Full("b100:5 a101:5", 0, MarketEventFlags.Unsequenced, seconds * Second);
        Assert.That(book.Quality, Is.EqualTo(isStale ? BookQuality.Suspect : BookQuality.Synced));
    }

    [Test]
    public void An_immediate_repeat_is_a_sighting_too()
    {
        BookScript<DepthBook> book = Book();
        foreach ((int second, int bid) in new[] { (0, 100), (100, 100), (110, 99), (200, 100) })
            book.Full($"b{bid}:5 a101:5", 0, MarketEventFlags.Unsequenced, second * Second);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Suspect), "last seen 100 s ago, not 200");
    }

    [Test]
    public void The_120_seconds_are_those_of_a_clock_that_never_goes_back()
    {
        BookScript<DepthBook> book = Book();
        foreach ((int second, int bid) in new[] { (0, 100), (100, 99), (130, 99), (10, 100) })
            book.Full($"b{bid}:5 a101:5", 0, MarketEventFlags.Unsequenced, second * Second);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced), "the first was 130 s ago, whatever the clock says now");
    }

    [Test]
    public void Diffs_without_ids_wait_for_the_snapshot_that_begins_them()
    {
        BookScript<DepthBook> book = Book().Diff(0, 0, 0, "b100:1", MarketEventFlags.Unsequenced);
        Assert.That(book.Market.Counters.Dropped(DropReason.BeforeSnapshot), Is.EqualTo(1));
        book.Diff(0, 0, 0, "b100:1 a101:1", MarketEventFlags.Unsequenced | MarketEventFlags.ClearFirst);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Syncing));
        book.Diff(0, 0, 0, "b99:1", MarketEventFlags.Unsequenced);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced));
        Assert.That(book.Market.Counters.Resyncs, Is.Zero);
        book.Diff(0, 0, 0, "b50:1 a51:1", MarketEventFlags.Unsequenced | MarketEventFlags.ClearFirst);
        Assert.That(book.Market.Counters.Resyncs, Is.EqualTo(1));
        Assert.That(book.Market.Book.Count(Side.Bid), Is.EqualTo(1));
        Assert.That(book.Log, Is.EqualTo("snapshot 0, frame 0 @3, resync 0, snapshot 0"));
    }

    [Test]
    public void The_rule_drops_4_2_percent_of_the_recorded_polled_books()
    {
        UnsequencedSync sync = new();
        int books = 0;
        int dropped = 0;
        foreach ((long receiveNs, BookLevel[] levels, int bids) in PolledBooks())
        {
            MarketEvent e = new() { Kind = MarketEventKind.FullBook, ReceiveNs = receiveNs, BidCount = bids, AskCount = levels.Length - bids };
            books++;
            dropped += sync.OnFullBook(e, levels).Outcome == SyncOutcome.Dropped ? 1 : 0;
        }
        Assert.That((books, dropped), Is.EqualTo((141_849, 5_978)), "4.2 % of the polled books are dropped");
    }

    [Test]
    public void The_ring_of_sightings_is_bounded_and_forgets_the_oldest()
    {
        UnsequencedSync sync = new();
        MarketEvent e = new() { Kind = MarketEventKind.FullBook, BidCount = 1 };
        for (int size = 1; size <= 20_000; size++)
            Assert.That(sync.OnFullBook(e, [MarketFixture.Level(100, size)]).Outcome, Is.EqualTo(SyncOutcome.Apply));
        Assert.That(sync.OnFullBook(e, [MarketFixture.Level(100, 19_000)]).Outcome, Is.EqualTo(SyncOutcome.Dropped));
        Assert.That(sync.OnFullBook(e, [MarketFixture.Level(100, 3)]).Outcome, Is.EqualTo(SyncOutcome.Apply));
    }

    private static BookScript<DepthBook> Book() => new(new UpbitSync());

    /// <summary>The 5-level books of both Bithumb files: lines <c>price,quantity,type,time</c>, grouped by time.</summary>
    private static IEnumerable<(long ReceiveNs, BookLevel[] Levels, int Bids)> PolledBooks()
    {
        foreach (string file in new[] { "data/bithumb/eth-krw_book5_20220518.zip", "data/bithumb/eth-krw_book5_20220519.zip" })
        {
            using ZipArchive zip = ZipFile.OpenRead(SharedData.Path(file));
            using StreamReader reader = new(zip.Entries[0].Open());
            string time = "";
            List<(string Type, BookLevel Level)> rows = [];
            while (reader.ReadLine() is { } line)
            {
                string[] parts = line.Split(',');
                if (parts.Length != 4 || !char.IsAsciiDigit(parts[0][0]))
                    continue;
                if (parts[3] != time && rows.Count > 0)
                {
                    yield return Frame(time, rows);
                    rows.Clear();
                }
                time = parts[3];
                rows.Add((parts[2], MarketFixture.Level(Mantissa(parts[0]), Mantissa(parts[1]))));
            }
            yield return Frame(time, rows);
        }
    }

    private static long Mantissa(string text) => (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * 100_000_000);

    private static (long ReceiveNs, BookLevel[] Levels, int Bids) Frame(string time, List<(string Type, BookLevel Level)> rows)
    {
        long receiveNs = (DateTime.Parse(time, CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Ticks * 100;
        BookLevel[] bids = [.. rows.Where(r => r.Type == "0").Select(r => r.Level)];
        return (receiveNs, [.. bids, .. rows.Where(r => r.Type == "1").Select(r => r.Level)], bids.Length);
    }
}
