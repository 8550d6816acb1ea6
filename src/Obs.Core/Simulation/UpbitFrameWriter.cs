using System;
using System.Text;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Simulation;

/// <summary>Writes books, trades and tickers as Upbit sends them: same members, same order, no spaces (docs.upbit.com/kr/reference, recorded frames).</summary>
/// <remarks>One thread, no allocation. The texts between values are the decoder's own.</remarks>
/// <typeparam name="TKeys">The format.</typeparam>
internal sealed class UpbitFrameWriter<TKeys> : IUpbitFrameWriter
    where TKeys : struct, IUpbitDecoderKeys
{
    private const long MsPerDay = 86_400_000;

    private readonly FrameText _text = new();
    private readonly byte[] _code;
    private readonly Price _previousClose;

    /// <summary>A writer for one market.</summary>
    public UpbitFrameWriter(string market, Price previousClose)
    {
        _code = Encoding.UTF8.GetBytes(market);
        _previousClose = previousClose;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Book(GeneratedBook book, long venueMs, bool first)
    {
        _text.Clear();
        _ = _text.Add(TKeys.BookStart).Add(_code).Add(TKeys.Time).AddWhole(venueMs)
            .Add(TKeys.TotalAsk).AddDecimal(book.Asks.Total.Mantissa)
            .Add(TKeys.TotalBid).AddDecimal(book.Bids.Total.Mantissa)
            .Add(TKeys.Units);
        ReadOnlySpan<BookLevel> bids = book.Bids.Levels;
        ReadOnlySpan<BookLevel> asks = book.Asks.Levels;
        for (int index = 0; index < bids.Length; index++)
        {
            _ = _text.Add(index > 0 ? ","u8 : default)
                .Add(TKeys.AskPrice).AddDecimal(asks[index].Price.Mantissa).Add(TKeys.BidPrice).AddDecimal(bids[index].Price.Mantissa)
                .Add(TKeys.AskSize).AddDecimal(asks[index].Size.Mantissa).Add(TKeys.BidSize).AddDecimal(bids[index].Size.Mantissa)
                .Add("}"u8);
        }
        return _text.Add("]"u8).Add(first ? TKeys.Snapshot : TKeys.RealTime).Add(TKeys.NativeLevel).Add("}"u8).Written;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Trade(in GeneratedTrade trade, GeneratedBook book)
    {
        _text.Clear();
        _ = _text.Add(TKeys.TradeStart).Add(_code).Add(TKeys.Time).AddWhole(trade.VenueMs + 1).Add(TKeys.TradeDate);
        AddDate(trade.VenueMs, "-"u8);
        _ = _text.Add(TKeys.TradeTime);
        AddTimeOfDay(trade.VenueMs, ":"u8);
        _ = _text.Add(TKeys.TradeStamp).AddWhole(trade.VenueMs)
            .Add(TKeys.TradePrice).AddDecimal(trade.Price.Mantissa)
            .Add(TKeys.TradeSize).AddDecimal(trade.Size.Mantissa)
            .Add(TKeys.TakerSide).Add(trade.Aggressor == Side.Bid ? "BID"u8 : "ASK"u8);
        AddChange(trade.Price);
        return _text.Add(TKeys.SequentialId).AddWhole(trade.Id)
            .Add(TKeys.BestAskPrice).AddDecimal(book.Asks.Best.Price.Mantissa).Add(TKeys.BestAskSize).AddDecimal(book.Asks.Best.Size.Mantissa)
            .Add(TKeys.BestBidPrice).AddDecimal(book.Bids.Best.Price.Mantissa).Add(TKeys.BestBidSize).AddDecimal(book.Bids.Best.Size.Mantissa)
            .Add(TKeys.RealTime).Add("}"u8).Written;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Ticker(in GeneratedTrade last, long venueMs)
    {
        bool simple = typeof(TKeys) == typeof(UpbitSimpleDecoderKeys);
        _text.Clear();
        _ = _text.Add(simple ? "{\"ty\":\"ticker\",\"cd\":\""u8 : "{\"type\":\"ticker\",\"code\":\""u8).Add(_code).Add("\""u8)
            .Add(TKeys.TradePrice).AddDecimal(last.Price.Mantissa);
        _ = _text.Add(TKeys.PreviousClose[1..]).AddDecimal(_previousClose.Mantissa);
        AddChangeBehindClose(last.Price);
        _ = _text.Add(TKeys.TradeSize).AddDecimal(last.Size.Mantissa).Add(simple ? ",\"tdt\":\""u8 : ",\"trade_date\":\""u8);
        AddDate(last.VenueMs, default);
        _ = _text.Add(TKeys.TradeTime);
        AddTimeOfDay(last.VenueMs, default);
        return _text.Add(TKeys.TradeStamp).AddWhole(last.VenueMs)
            .Add(TKeys.TakerSide).Add(last.Aggressor == Side.Bid ? "BID"u8 : "ASK"u8)
            .Add(TKeys.Time).AddWhole(venueMs).Add(TKeys.RealTime).Add("}"u8).Written;
    }

    private void AddChange(Price price)
    {
        _ = _text.Add(TKeys.PreviousClose).AddDecimal(_previousClose.Mantissa);
        AddChangeBehindClose(price);
    }

    private void AddChangeBehindClose(Price price)
    {
        long change = price.Mantissa - _previousClose.Mantissa;
        _ = _text.Add(TKeys.Change).Add(change > 0 ? "RISE"u8 : change < 0 ? "FALL"u8 : "EVEN"u8).Add(TKeys.ChangePrice).AddDecimal(Math.Abs(change));
    }

    private void AddDate(long venueMs, ReadOnlySpan<byte> between)
    {
        DateOnly date = DateOnly.FromDayNumber((int)(venueMs / MsPerDay) + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
        _ = _text.AddWhole(date.Year, 4).Add(between).AddWhole(date.Month, 2).Add(between).AddWhole(date.Day, 2);
    }

    private void AddTimeOfDay(long venueMs, ReadOnlySpan<byte> between)
    {
        long seconds = venueMs % MsPerDay / 1000;
        _ = _text.AddWhole(seconds / 3600, 2).Add(between).AddWhole(seconds / 60 % 60, 2).Add(between).AddWhole(seconds % 60, 2);
    }
}
