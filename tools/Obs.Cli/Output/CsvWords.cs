using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Cli.Output;

/// <summary>The words of the CSV files; they are part of the interface and never change.</summary>
internal static class CsvWords
{
    /// <summary>BUY or SELL.</summary>
    public static string Of(Side side) => side == Side.Bid ? "BUY" : "SELL";

    /// <summary>LIMIT or MARKET.</summary>
    public static string Of(OrderType type) => type == OrderType.Limit ? "LIMIT" : "MARKET";

    /// <summary>GTC, GTX, IOC or FOK.</summary>
    public static string Of(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.Gtc => "GTC",
        TimeInForce.Gtx => "GTX",
        TimeInForce.Ioc => "IOC",
        _ => "FOK",
    };

    /// <summary>MAKER, TAKER or nothing.</summary>
    public static string Of(Liquidity liquidity) => liquidity switch
    {
        Liquidity.Maker => "MAKER",
        Liquidity.Taker => "TAKER",
        _ => "",
    };

    /// <summary>take, best_crossed, traded_through, queue or nothing.</summary>
    public static string Of(FillCause cause) => cause switch
    {
        FillCause.Take => "take",
        FillCause.BestCrossed => "best_crossed",
        FillCause.TradedThrough => "traded_through",
        FillCause.Queue => "queue",
        _ => "",
    };

    /// <summary>The report's name as in the reference files.</summary>
    public static string Of(ReportKind kind) => kind switch
    {
        ReportKind.New => "NEW",
        ReportKind.Expired => "EXPIRED",
        ReportKind.PartiallyFilled => "PARTIALLY_FILLED",
        ReportKind.Filled => "FILLED",
        ReportKind.Canceled => "CANCELED",
        ReportKind.CancelRejected => "CANCEL_REJECTED",
        ReportKind.ModifyRejected => "MODIFY_REJECTED",
        ReportKind.Replaced => "REPLACED",
        _ => "REJECTED",
    };

    /// <summary>The frozen word of the API contract.</summary>
    public static string Of(OrderState state) => state switch
    {
        OrderState.Accepted => "accepted",
        OrderState.Open => "open",
        OrderState.Partial => "partial",
        OrderState.Filled => "filled",
        OrderState.CancelPending => "cancelPending",
        OrderState.ReplacePending => "replacePending",
        OrderState.Cancelled => "cancelled",
        OrderState.Expired => "expired",
        OrderState.Rejected => "rejected",
        OrderState.Uncertain => "uncertain",
        OrderState.Absent => "absent",
        _ => "notSent",
    };

    /// <summary>The frozen word of the API contract.</summary>
    public static string Of(BookQuality quality) => quality.ToString();

    /// <summary>A reject reason as snake_case, empty for none.</summary>
    public static string Of(RejectReason reason) => reason switch
    {
        RejectReason.None => "",
        RejectReason.Killed => "killed",
        RejectReason.BookNotSynced => "book_not_synced",
        RejectReason.DuplicateOrderId => "duplicate_order_id",
        RejectReason.OffTick => "off_tick",
        RejectReason.OffLot => "off_lot",
        RejectReason.BelowMinimumValue => "below_minimum_value",
        RejectReason.AboveMaximumValue => "above_maximum_value",
        RejectReason.OutsideCollar => "outside_collar",
        RejectReason.OrderRate => "order_rate",
        RejectReason.OpenOrderLimit => "open_order_limit",
        RejectReason.PositionLimit => "position_limit",
        RejectReason.InsufficientCash => "insufficient_cash",
        RejectReason.InsufficientInventory => "insufficient_inventory",
        RejectReason.DailyLossLimit => "daily_loss_limit",
        RejectReason.SelfTrade => "self_trade",
        RejectReason.NoReferencePrice => "no_reference_price",
        _ => "venue_refused",
    };
}
