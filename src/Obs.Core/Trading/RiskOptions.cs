using System.Collections.Generic;

namespace Obs.Core.Trading;

/// <summary>Limits of the risk stage. Echoed in every result; the table in the docs is generated from this type.</summary>
internal sealed record RiskOptions
{
    /// <summary>Highest limit of <see cref="OpenOrders"/>.</summary>
    public const int OpenOrdersMax = 1_000;

    // far beyond any real account, and what the money and size types surely hold
    private const decimal AmountMax = 1_000_000_000_000_000m;
    private const decimal SizeMax = 10_000_000_000m;

    /// <summary>Largest value of one order in quote currency; 0 lifts it. Default 0: the cash check bounds it already.</summary>
    public decimal MaxOrderValue { get; init; }

    /// <summary>Largest distance of a price from the mid in basis points, 1 to 10,000. Default 500 (5 %): wider than any tick table, tighter than a typing error of one digit.</summary>
    public int PriceCollarBps { get; init; } = 500;

    /// <summary>Most orders in any second of engine time, 1 to 1,000. Default 8: Upbit allows 12 a second, and cancels need room too.</summary>
    public int OrdersPerSecond { get; init; } = 8;

    /// <summary>Most orders open at once in a ledger, 1 to 1,000. Default 20.</summary>
    public int OpenOrders { get; init; } = 20;

    /// <summary>Largest absolute position in base currency; 0 lifts it. Default 0: cash and inventory bound it already.</summary>
    public decimal MaxPosition { get; init; }

    /// <summary>Loss since the first record of the UTC day (realised, unrealised and fees) at which only reducing orders pass, in quote currency; 0 lifts it. Default 0 in replays; a service sets it per account.</summary>
    public decimal DailyLossLimit { get; init; }

    /// <summary>True lifts every limit and the quality gate, never the kill switch (library-compatible replays of scripted orders).</summary>
    public bool Lifted { get; init; }

    /// <summary>Every problem at once, with the remedy.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxOrderValue is < 0 or > AmountMax)
            yield return $"risk.maxOrderValue is {MaxOrderValue}; set an amount of quote currency up to {AmountMax}, or 0 for no limit.";
        if (PriceCollarBps is < 1 or > 10_000)
            yield return $"risk.priceCollarBps is {PriceCollarBps}; set it between 1 and 10000 (100 is 1 % of the mid).";
        if (OrdersPerSecond is < 1 or > 1_000)
            yield return $"risk.ordersPerSecond is {OrdersPerSecond}; set it between 1 and 1000.";
        if (OpenOrders is < 1 or > OpenOrdersMax)
            yield return $"risk.openOrders is {OpenOrders}; set it between 1 and 1000.";
        if (MaxPosition is < 0 or > SizeMax)
            yield return $"risk.maxPosition is {MaxPosition}; set a size in base currency up to {SizeMax}, or 0 for no limit.";
        if (DailyLossLimit is < 0 or > AmountMax)
            yield return $"risk.dailyLossLimit is {DailyLossLimit}; set an amount of quote currency up to {AmountMax}, or 0 for no limit.";
    }
}
