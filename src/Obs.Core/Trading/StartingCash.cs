namespace Obs.Core.Trading;

/// <summary>What a paper account starts with when nobody says: round amounts of about the same worth, so that a market quoted in BTC is no richer than one in USDT.</summary>
/// <remarks>Fixed numbers, never an exchange rate: a run must give the same result on any day. Of the order of 10,000 USD at the prices of 2024 to 2026.</remarks>
internal static class StartingCash
{
    /// <summary>Amount in a quote currency; 10,000 for one that is not listed.</summary>
    public static decimal Of(string quoteCurrency) => quoteCurrency switch
    {
        "KRW" => 10_000_000m,
        "JPY" => 1_500_000m,
        "TRY" => 400_000m,
        "BRL" => 50_000m,
        "BTC" => 0.1m,
        "ETH" => 3m,
        "BNB" => 15m,
        _ => 10_000m,
    };
}
