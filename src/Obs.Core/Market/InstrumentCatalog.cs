using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Obs.Core.Market;

/// <summary>Which markets may enter a run, and how they are described: the built-in table, or what the caller gave.</summary>
internal sealed class InstrumentCatalog
{
    private const int UsualLetters = 64;

    // a place for every byte: a journal of another build may name a venue this one does not have
    private readonly Dictionary<string, Instrument>?[] _known = new Dictionary<string, Instrument>?[byte.MaxValue + 1];
    private readonly Func<VenueId, ReadOnlySpan<char>, Instrument?>? _fallback;

    /// <summary>Creates a catalog from a list, with an optional rule for symbols the list lacks (Upbit: any market of a known quote currency).</summary>
    public InstrumentCatalog(IEnumerable<Instrument> known, Func<VenueId, ReadOnlySpan<char>, Instrument?>? fallback = null)
    {
        foreach (Instrument instrument in known)
            (_known[(int)instrument.Venue] ??= new(StringComparer.Ordinal))[instrument.Symbol] = instrument;
        _fallback = fallback;
    }

    /// <summary>Describes a market; false when nothing is known about it, which allocates nothing: feeds name markets of others with every frame.</summary>
    public bool TryCreate(VenueId venue, ReadOnlySpan<byte> symbol, [NotNullWhen(true)] out Instrument? instrument)
    {
        Span<char> room = symbol.Length <= UsualLetters ? stackalloc char[UsualLetters] : new char[symbol.Length];
        ReadOnlySpan<char> text = room[..Encoding.UTF8.GetChars(symbol, room)];
        instrument = null;
        if (_known[(int)venue] is { } listed && listed.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out instrument))
            return true;
        instrument = _fallback?.Invoke(venue, text);
        return instrument is not null;
    }
}
