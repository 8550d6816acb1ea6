using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>Levels on their way into a record.</summary>
internal sealed class LevelBufferTests
{
    [Test]
    public void Levels_keep_their_side_and_order()
    {
        LevelBuffer levels = Filled((Side.Bid, 3), (Side.Ask, 9), (Side.Bid, 5), (Side.Ask, 7));
        Assert.That((Prices(levels.Bids), Prices(levels.Asks), levels.Count), Is.EqualTo((new long[] { 3, 5 }, new long[] { 9, 7 }, 4)));
        levels.SortBestFirst();
        Assert.That((Prices(levels.Bids), Prices(levels.Asks)), Is.EqualTo((new long[] { 5, 3 }, new long[] { 7, 9 })));
        levels.Clear();
        Assert.That((levels.Bids.Length, levels.Asks.Length, levels.Count), Is.EqualTo((0, 0, 0)));
    }

    [TestCase("b5 b3 a7 a9", true)]
    [TestCase("", true)]
    [TestCase("b5", true)]
    [TestCase("b3 b5", false)]
    [TestCase("b5 b5", false)]
    [TestCase("a9 a7", false)]
    [TestCase("a7 a7", false)]
    [TestCase("b9 a7", true)]
    public void Sorted_means_best_first_and_no_price_twice(string text, bool expected)
    {
        LevelBuffer levels = Filled([.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static level => (level[0] == 'b' ? Side.Bid : Side.Ask, long.Parse(level.AsSpan(1), provider: null)))]);
        Assert.That(levels.IsStrictlySorted(), Is.EqualTo(expected), "a crossed book is sorted: crossed is judged by the book's quality");
    }

    [Test]
    public void A_book_has_so_many_levels_and_no_more([Values] Side side)
    {
        LevelBuffer levels = new();
        for (int level = 1; level <= LevelBuffer.MostLevels; level++)
            Assert.That(levels.TryAdd(level % 2 == 0 ? side : Side.Bid, new Price(level), new Size(1)), Is.True);
        Assert.That((levels.TryAdd(side, new Price(1), new Size(1)), levels.Count), Is.EqualTo((false, LevelBuffer.MostLevels)));
    }

    [TestCase("0.01", BadLineReason.None)]
    [TestCase("100", BadLineReason.None)]
    [TestCase("100.01", BadLineReason.BadPrice)]
    [TestCase("0", BadLineReason.BadPrice)]
    [TestCase("-0.01", BadLineReason.BadPrice)]
    [TestCase("0.001", BadLineReason.OffScale)]
    [TestCase("", BadLineReason.MissingField)]
    public void Price_up_to_the_largest_of_the_market(string text, BadLineReason expected)
    {
        Instrument market = Recorded.Market(VenueId.Upbit, "KRW-BTC", 2, 3) with { MaxPrice = new Price(10_000) };
        LineFault fault = LevelReading.Price(Encoding.ASCII.GetBytes(text), market, "ask_price", out _);
        Assert.That((fault.Reason, fault.Exists), Is.EqualTo((expected, expected != BadLineReason.None)));
        Assert.That(fault.Exists ? fault.ToString() : "fine", Is.EqualTo(fault.Exists ? $"{expected} (ask_price)" : "fine"));
    }

    [TestCase("0", BadLineReason.None)]
    [TestCase("0.001", BadLineReason.None)]
    [TestCase("-0.001", BadLineReason.BadSize)]
    [TestCase("0.0001", BadLineReason.OffScale)]
    [TestCase("9e15", BadLineReason.None)]
    [TestCase("9.3e15", BadLineReason.Overflow)]
    public void Size_from_zero_on(string text, BadLineReason expected) =>
        Assert.That(LevelReading.Size(Encoding.ASCII.GetBytes(text), Recorded.Market(VenueId.Upbit, "KRW-BTC", 2, 3), "size", out _).Reason, Is.EqualTo(expected));

    private static LevelBuffer Filled(params (Side Side, long Price)[] levels)
    {
        LevelBuffer buffer = new();
        foreach ((Side side, long price) in levels)
            buffer.TryAdd(side, new Price(price), new Size(1));
        return buffer;
    }

    private static long[] Prices(ReadOnlySpan<BookLevel> levels) => [.. levels.ToArray().Select(static level => level.Price.Mantissa)];
}
