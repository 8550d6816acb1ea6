using System.Globalization;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Export;

/// <summary>Numbers as text that reads back to the same value.</summary>
internal static class RecordNumbers
{
    private const string PlainDecimal = "0.############";

    /// <summary>A price, plain decimal without trailing zeros.</summary>
    public static string Text(Instrument instrument, Price price) => instrument.ToDecimal(price).ToString(PlainDecimal, CultureInfo.InvariantCulture);

    /// <summary>A size, plain decimal without trailing zeros.</summary>
    public static string Text(Instrument instrument, Size size) => instrument.ToDecimal(size).ToString(PlainDecimal, CultureInfo.InvariantCulture);

    /// <summary>A total, or nothing where the venue states none.</summary>
    public static string? Total(double total) => double.IsNaN(total) ? null : total.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A time in the coarsest of ms, µs and ns that holds it exactly; readers tell them apart by size.</summary>
    public static string Time(long ns) =>
        (ns % 1_000_000 == 0 ? ns / 1_000_000 : ns % 1_000 == 0 ? ns / 1_000 : ns).ToString(CultureInfo.InvariantCulture);

    /// <summary>ASK when the taker sold, BID when it bought.</summary>
    public static string Taker(Side side) => side == Side.Ask ? "ASK" : "BID";
}
