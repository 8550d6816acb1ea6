using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;

namespace Obs.Core.Market;

/// <summary>The instruments of one run, numbered in the order they entered it.</summary>
/// <remarks>Engine thread only while running. Lookup does not allocate and takes one probe or two; adding allocates, and happens at the first frame of a market.</remarks>
internal sealed class InstrumentRegistry
{
    /// <summary>Most instruments of one run.</summary>
    public const int Capacity = 4096;

    private readonly List<Instrument> _instruments = [];
    private readonly List<byte[]> _symbols = [];
    private readonly ushort[] _slots = new ushort[4 * Capacity]; // index + 1 by hash of venue and symbol; 0 is free
    private readonly InstrumentCatalog _catalog;
    private int _lastFound;

    /// <summary>Creates a registry that may add markets by itself from a catalog (Upbit's quote currencies, the listed Binance symbols).</summary>
    public InstrumentRegistry(InstrumentCatalog catalog) => _catalog = catalog;

    /// <summary>Number of instruments.</summary>
    public int Count => _instruments.Count;

    /// <summary>The instrument with an index below <see cref="Count"/>.</summary>
    public Instrument this[int index] => _instruments[index];

    /// <summary>Adds an instrument and returns its index.</summary>
    /// <exception cref="InvalidOperationException">The registry is full, or the market is there already: decoders keep copies, so a description never changes.</exception>
    public ushort Add(Instrument instrument)
    {
        if (_instruments.Count == Capacity)
            throw new InvalidOperationException($"A run holds at most {Capacity} instruments; select markets with --symbol.");
        byte[] symbol = Encoding.UTF8.GetBytes(instrument.Symbol);
        int slot = SlotOf(instrument.Venue, symbol);
        if (_slots[slot] != 0)
            throw new InvalidOperationException($"{instrument.Venue} {instrument.Symbol} is market {_slots[slot] - 1} of this run already; describe each market once.");
        _instruments.Add(instrument);
        _symbols.Add(symbol);
        _slots[slot] = (ushort)_instruments.Count;
        _lastFound = _instruments.Count - 1;
        Debug.Assert(_symbols.Count == _instruments.Count, "each instrument has its symbol");
        return (ushort)(_instruments.Count - 1);
    }

    /// <summary>Finds a market by the bytes of its code; adds it when the catalog knows it; false when it is unknown.</summary>
    public bool TryFind(VenueId venue, ReadOnlySpan<byte> symbol, out ushort index)
    {
        // frames of one market come in runs: the last hit is nearly always the next
        if (_lastFound < _symbols.Count && IsAt(_lastFound, venue, symbol))
        {
            index = (ushort)_lastFound;
            return true;
        }
        return TryFindByHash(venue, symbol, out index);
    }

    private bool TryFindByHash(VenueId venue, ReadOnlySpan<byte> symbol, out ushort index)
    {
        int found = _slots[SlotOf(venue, symbol)] - 1;
        if (found < 0 && _instruments.Count < Capacity && _catalog.TryCreate(venue, symbol, out Instrument? created))
            found = Add(created);
        if (found >= 0)
            _lastFound = found;
        index = (ushort)Math.Max(0, found);
        return found >= 0;
    }

    private bool IsAt(int index, VenueId venue, ReadOnlySpan<byte> symbol) =>
        _instruments[index].Venue == venue && symbol.SequenceEqual(_symbols[index]);

    /// <summary>The slot that holds the market, or the free one where it belongs. FNV-1a over venue and symbol.</summary>
    private int SlotOf(VenueId venue, ReadOnlySpan<byte> symbol)
    {
        uint hash = 2_166_136_261 ^ (uint)venue;
        foreach (byte letter in symbol)
            hash = unchecked((hash ^ letter) * 16_777_619);
        int mask = _slots.Length - 1;
        int slot = unchecked((int)(hash ^ (hash >> 15))) & mask;
        while (_slots[slot] != 0 && !IsAt(_slots[slot] - 1, venue, symbol))
            slot = (slot + 1) & mask;
        return slot;
    }
}
