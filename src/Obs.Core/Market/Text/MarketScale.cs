using System.Diagnostics;

namespace Obs.Core.Market.Text;

/// <summary>What a decoder needs to know about a market, side by side.</summary>
/// <remarks>A copy of the registry's entry: entries of a run never change, markets are only added.</remarks>
internal struct MarketScale
{
    /// <summary>Bytes 0 to 7 of the symbol, little endian, 0 behind its end.</summary>
    public ulong SymbolLow;

    /// <summary>Bytes 8 to 15 of the symbol.</summary>
    public ulong SymbolHigh;

    /// <summary>Highest price mantissa of a frame.</summary>
    public long MaxPrice;

    /// <summary>Scale of prices for the fast path; null when the market is too fine for it.</summary>
    public NumberScale PriceScale;

    /// <summary>Scale of sizes for the fast path; null when the market is too fine for it.</summary>
    public NumberScale SizeScale;

    /// <summary>Decimals of price mantissas.</summary>
    public int PriceDecimals;

    /// <summary>Decimals of size mantissas.</summary>
    public int SizeDecimals;

    /// <summary>Index in the registry.</summary>
    public ushort Instrument;

    /// <summary>Copies an instrument.</summary>
    public static MarketScale Of(Instrument instrument, ushort index)
    {
        Debug.Assert(instrument.PriceDecimals is >= 0 and <= 12 && instrument.SizeDecimals is >= 0 and <= 12, "scales have 0 to 12 decimals");
        bool fast = instrument.PriceDecimals <= SymbolCache.MaxDecimals && instrument.SizeDecimals <= SymbolCache.MaxDecimals;
        return new MarketScale
        {
            MaxPrice = instrument.MaxPrice.Mantissa,
            PriceScale = fast ? NumberScale.Of(instrument.PriceDecimals) : null!,
            SizeScale = fast ? NumberScale.Of(instrument.SizeDecimals) : null!,
            PriceDecimals = instrument.PriceDecimals,
            SizeDecimals = instrument.SizeDecimals,
            Instrument = index,
        };
    }
}
