using Obs.Core.Market;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Market;

/// <summary>Runs one feed of complete books through a market nobody watches and through the plain book, which is watched and set level by level.</summary>
internal static class FullBookComparison
{
    /// <summary>The first difference, or null.</summary>
    /// <param name="seed">Of the feed.</param>
    /// <param name="frames">Complete books.</param>
    /// <param name="watchEvery">Every how many frames the book under test is watched too; 0 for never.</param>
    public static string? FirstDifference<TBook>(int seed, int frames, int watchEvery)
        where TBook : struct, IOrderBook<TBook>
    {
        MarketBook<TBook> tested = new(MarketFixture.Instrument(), new UpbitSync());
        MarketBook<SortedBook> plain = new(MarketFixture.Instrument(), new UpbitSync());
        FullBookFeed feed = new(seed);
        for (int frame = 1; frame <= frames; frame++)
        {
            (BookLevel[] levels, int bids) = feed.Next();
            MarketEvent e = new() { Kind = MarketEventKind.FullBook, VenueNs = frame, ReceiveNs = frame, BidCount = bids, AskCount = levels.Length - bids };
            RecordingVisitor maybeWatching = new([], wantsLevels: watchEvery != 0 && frame % watchEvery == 0), watching = new([], wantsLevels: true);
            tested.OnFrame(e, levels, ref maybeWatching);
            plain.OnFrame(e, levels, ref watching);
            if (BookComparison.Difference(tested.Book, plain.Book, new Price(10_000)) is { } difference)
                return $"seed {seed}, frame {frame}: {difference}";
            if (tested.Quality != plain.Quality || tested.StateHash != plain.StateHash)
                return $"seed {seed}, frame {frame}: {tested.Quality} {tested.StateHash:x16} against {plain.Quality} {plain.StateHash:x16}";
        }
        return null;
    }
}
