using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Core.Tests.Recordings;

/// <summary>A seeded market in decimals: messages of level changes and trades, with the book after each.</summary>
internal sealed class RandomMarket
{
    /// <summary>One message: its time, its level changes (or none, for a trade), its trade, and the book after it.</summary>
    internal sealed record Message(long TimeNs, List<(Side Side, decimal Price, decimal Size)> Changes, (Side Taker, decimal Price, decimal Size)? Trade, string Book,
        (decimal Price, decimal Size)[] Bids, (decimal Price, decimal Size)[] Asks);

    /// <summary>The messages in order; the first one fills the book.</summary>
    public List<Message> Messages { get; } = [];

    /// <summary>A market; prices have one decimal, sizes three; times are whole ms, apart by at least one.</summary>
    public RandomMarket(int seed, int messages = 200)
    {
        Random random = new(seed);
        PlainBook book = new();
        long ns = Recorded.TimeNs;
        decimal mid = 5000;
        for (int number = 0; number < messages; number++)
        {
            ns += random.Next(1, 500) * 1_000_000L;
            mid += random.Next(-3, 4) * 0.1m;
            if (number > 0 && random.Next(4) == 0)
            {
                (Side, decimal, decimal) trade = ((Side)random.Next(2), mid, random.Next(1, 5000) * 0.001m);
                Add(ns, [], trade, book);
                continue;
            }
            List<(Side Side, decimal Price, decimal Size)> changes = [];
            for (int count = number == 0 ? 20 : random.Next(1, 6); count > 0; count--)
            {
                Side side = (Side)random.Next(2);
                decimal price = side == Side.Bid ? mid - random.Next(1, 30) * 0.1m : mid + random.Next(1, 30) * 0.1m;
                changes.Add((side, price, number > 0 && random.Next(3) == 0 ? 0 : random.Next(1, 5000) * 0.001m));
            }
            Uncross(changes, book, mid);
            // a message names a price once
            changes = [.. changes.AsEnumerable().Reverse().DistinctBy(static change => (change.Side, change.Price)).Reverse()];
            foreach ((Side side, decimal price, decimal size) in changes)
                book.Set(side, price, size);
            Add(ns, changes, null, book);
        }
    }

    private void Add(long ns, List<(Side, decimal, decimal)> changes, (Side, decimal, decimal)? trade, PlainBook book) =>
        Messages.Add(new Message(ns, changes, trade, book.ToString(), book.Levels(Side.Bid), book.Levels(Side.Ask)));

    /// <summary>A book that has moved removes what it passed, as venues do.</summary>
    private static void Uncross(List<(Side Side, decimal Price, decimal Size)> changes, PlainBook book, decimal mid)
    {
        changes.AddRange(book.Levels(Side.Bid).Where(level => level.Price >= mid).Select(static level => (Side.Bid, level.Price, 0m)));
        changes.AddRange(book.Levels(Side.Ask).Where(level => level.Price <= mid).Select(static level => (Side.Ask, level.Price, 0m)));
    }
}
