using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Obs.Core.Market;

/// <summary>Which markets may enter a run, and how they are described: the built-in table, or what the caller gave.</summary>
internal sealed class InstrumentCatalog
{
    private readonly Dictionary<(VenueId Venue, string Symbol), Instrument> _known = [];
    private readonly Func<VenueId, string, Instrument?>? _fallback;

    /// <summary>Creates a catalog from a list, with an optional rule for symbols the list lacks (Upbit: any market of a known quote currency).</summary>
    public InstrumentCatalog(IEnumerable<Instrument> known, Func<VenueId, string, Instrument?>? fallback = null)
    {
        foreach (Instrument instrument in known)
            _known[(instrument.Venue, instrument.Symbol)] = instrument;
        _fallback = fallback;
    }

    /// <summary>Describes a market; false when nothing is known about it.</summary>
    public bool TryCreate(VenueId venue, ReadOnlySpan<byte> symbol, [NotNullWhen(true)] out Instrument? instrument)
    {
        string text = Encoding.UTF8.GetString(symbol);
        return _known.TryGetValue((venue, text), out instrument) || (instrument = _fallback?.Invoke(venue, text)) is not null;
    }
}
