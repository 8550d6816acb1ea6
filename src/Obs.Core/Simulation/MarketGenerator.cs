using System;
using System.Diagnostics;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Simulation;

/// <summary>A made-up market that speaks Upbit's WebSocket frames: purely a function of its options, on every machine.</summary>
/// <remarks>
/// One thread; no allocation after construction. What it imitates: tick table, clustered sizes, bursts of trades
/// (Hawkes), quiet and busy minutes, a mean-reverting pressure that shows in the best sizes and leads the price by a few seconds, so that there is
/// something to learn. What it does not: news, jumps, other markets, venue faults. Nothing learned from it holds for a real market.
/// </remarks>
internal sealed class MarketGenerator
{
    private const double TradeShare = 0.25;
    private const double TickerShare = 0.01;
    private const double PullToStart = 20;
    private const long LeastGapNs = 1_000;
    private const double LongestWaitSeconds = 1;

    private readonly double _framesPerSecond;
    private readonly double _movesPerSecond;
    private readonly long _endNs;
    private readonly GeneratedBook _book;
    private readonly IUpbitFrameWriter _writer;
    private SeededDraws _draws;
    private MarketMood _mood;
    private GeneratedTrade _last;
    private long _venueNs;
    private long _receiveNs;
    private double _secondsSinceBook;
    private bool _started;

    /// <summary>A market at its start.</summary>
    /// <exception cref="ArgumentException">The options have problems; the message lists all of them.</exception>
    public MarketGenerator(MarketGeneratorOptions options)
    {
        string problems = string.Join(' ', options.Problems());
        if (problems.Length > 0)
            throw new ArgumentException(problems, nameof(options));
        _framesPerSecond = options.FramesPerSecond;
        _movesPerSecond = options.MovesPerSecond;
        _endNs = options.EndNs;
        _venueNs = options.StartNs;
        _draws = new SeededDraws(options.Seed);
        _mood = MarketMood.Start(_framesPerSecond * TradeShare / 2, ref _draws);
        _book = new GeneratedBook(new Price((long)(options.StartPrice * 100_000_000)), options.Levels, in _mood, ref _draws);
        Price close = _book.Bids.Best.Price;
        _writer = options.Format == UpbitFrameFormat.Simple
            ? new UpbitFrameWriter<UpbitSimpleDecoderKeys>(options.Market, close)
            : new UpbitFrameWriter<UpbitDefaultDecoderKeys>(options.Market, close);
        _last = new GeneratedTrade(_venueNs / 1_000_000, _venueNs / 1_000, Side.Bid, close, new Size(1_000));
    }

    /// <summary>The next frame.</summary>
    /// <param name="receiveNs">When it is received, ns since 1970 UTC; rises strictly.</param>
    /// <param name="frame">Its UTF-8 bytes, valid until the next call.</param>
    /// <returns>False once the options' end is reached; then for ever.</returns>
    public bool Next(out long receiveNs, out ReadOnlySpan<byte> frame)
    {
        double seconds = 0;
        bool isTrade = _started && NextIsTrade(out seconds);
        _venueNs += Math.Max(LeastGapNs, (long)(seconds * 1e9));
        _secondsSinceBook += seconds;
        double travelNs = 4e6 + 3e6 * _draws.NextExponential();
        _receiveNs = receiveNs = Math.Max(_receiveNs + 1_000, _venueNs + (long)travelNs);
        Debug.Assert(receiveNs > _venueNs, "a frame is received after it was made");
        if (receiveNs > _endNs)
        {
            frame = default;
            return false;
        }
        if (!isTrade)
            frame = NextBook();
        else
            frame = _draws.Happens(TickerShare) ? _writer.Ticker(in _last, _venueNs / 1_000_000) : NextTrade();
        return true;
    }

    // lets time pass until something happens; true when it is a trade
    private bool NextIsTrade(out double seconds)
    {
        seconds = 0;
        while (true)
        {
            double quoteRate = _framesPerSecond * (1 - TradeShare) * _mood.Activity;
            // half of the trades are brought along by others (branching ratio 1/2)
            double ownRate = _framesPerSecond * TradeShare / 2 * _mood.Activity;
            double rate = quoteRate + ownRate + _mood.Excitation;
            double wait = _draws.NextExponential() / rate;
            bool isQuiet = wait > LongestWaitSeconds;
            wait = isQuiet ? LongestWaitSeconds : wait;
            _mood.Advance(wait, ref _draws);
            seconds += wait;
            // an exponential wait has no memory: after a quiet second it begins anew, with the rates of then
            if (isQuiet)
                continue;
            // excitation has faded while nothing happened; what it lost by then does not come (thinning: Lewis and Shedler 1979, Ogata 1981)
            double pick = _draws.NextUniform() * rate;
            if (pick < quoteRate + ownRate + _mood.Excitation)
                return pick >= quoteRate;
        }
    }

    private ReadOnlySpan<byte> NextBook()
    {
        bool first = !_started;
        _started = true;
        if (!first)
        {
            // all that gave way since the last book, a Poisson number
            double moves = _movesPerSecond * _mood.Activity * _secondsSinceBook;
            for (double at = _draws.NextExponential(); at < moves; at += _draws.NextExponential())
                _book.GiveWay(_draws.Happens(_mood.UpProbability(1, -PullToStart * _book.Run)) ? Side.Ask : Side.Bid, in _mood, ref _draws);
            _book.Change(in _mood, ref _draws);
        }
        _secondsSinceBook = 0;
        return _writer.Book(_book, _venueNs / 1_000_000, first);
    }

    private ReadOnlySpan<byte> NextTrade()
    {
        Side aggressor = _draws.Happens(_mood.UpProbability(0.8)) ? Side.Bid : Side.Ask;
        Price price = _book.Of(aggressor == Side.Bid ? Side.Ask : Side.Bid).Best.Price;
        Size size = _book.TakerSize(aggressor, ref _draws);
        long venueMs = _venueNs / 1_000_000;
        _last = new GeneratedTrade(venueMs, Math.Max(_last.Id + 1, venueMs * 1_000), aggressor, price, size);
        _book.Take(aggressor, size, in _mood, ref _draws);
        _mood.Excite();
        return _writer.Trade(in _last, _book);
    }
}
