using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>Upbit's price steps in KRW markets since 2025-07-31 (facts/upbit.md §9), at 8 decimals.</summary>
internal static class KrwTicks
{
    private const long Krw = 100_000_000;

    /// <summary>The table.</summary>
    public static TickTable Table { get; } = new(
    [
        Band(0, 1),
        Band(Krw / 100_000, Krw / 10_000_000),
        Band(Krw / 10_000, Krw / 1_000_000),
        Band(Krw / 1_000, Krw / 100_000),
        Band(Krw / 100, Krw / 10_000),
        Band(Krw / 10, Krw / 1_000),
        Band(Krw, Krw / 100),
        Band(10 * Krw, Krw / 10),
        Band(100 * Krw, Krw),
        Band(5_000 * Krw, 5 * Krw),
        Band(10_000 * Krw, 10 * Krw),
        Band(50_000 * Krw, 50 * Krw),
        Band(100_000 * Krw, 100 * Krw),
        Band(500_000 * Krw, 500 * Krw),
        Band(1_000_000 * Krw, 1_000 * Krw),
    ]);

    private static TickBand Band(long from, long step) => new(new Price(from), new Price(step));
}
