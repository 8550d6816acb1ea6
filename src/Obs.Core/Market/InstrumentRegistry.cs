using System;
using System.Collections.Generic;
using System.Text;

namespace Obs.Core.Market;

/// <summary>The instruments of one run, numbered in the order they entered it.</summary>
/// <remarks>Engine thread only while running. Lookup does not allocate; adding does, and happens at the first frame of a market.</remarks>
internal sealed class InstrumentRegistry
{
    /// <summary>Most instruments of one run.</summary>
    public const int Capacity = 4096;

    private readonly List<Instrument> _instruments = [];
    private readonly List<byte[]> _symbols = [];
    private readonly InstrumentCatalog _catalog;
    private int _lastFound;

    /// <summary>Creates a registry that may add markets by itself from a catalog (Upbit's quote currencies, the listed Binance symbols).</summary>
    public InstrumentRegistry(InstrumentCatalog catalog) => _catalog = catalog;

    /// <summary>Number of instruments.</summary>
    public int Count => _instruments.Count;

    /// <summary>The instrument with an index below <see cref="Count"/>.</summary>
    public Instrument this[int index] => _instruments[index];

    /// <summary>Adds an instrument and returns its index.</summary>
    /// <exception cref="InvalidOperationException">The registry is full.</exception>
    public ushort Add(Instrument instrument)
    {
        if (_instruments.Count == Capacity)
            throw new InvalidOperationException($"A run holds at most {Capacity} instruments; select markets with --symbol.");
        _instruments.Add(instrument);
        _symbols.Add(Encoding.UTF8.GetBytes(instrument.Symbol));
        return (ushort)(_instruments.Count - 1);
    }

    /// <summary>Finds a market by the bytes of its code; adds it when the catalog knows it; false when it is unknown.</summary>
    public bool TryFind(VenueId venue, ReadOnlySpan<byte> symbol, out ushort index)
    {
        // frames of one market come in runs: the last hit is nearly always the next
        if (_lastFound < _symbols.Count && _instruments[_lastFound].Venue == venue && symbol.SequenceEqual(_symbols[_lastFound]))
        {
            index = (ushort)_lastFound;
            return true;
        }
        return TryFindSlow(venue, symbol, out index);
    }

    private bool TryFindSlow(VenueId venue, ReadOnlySpan<byte> symbol, out ushort index)
    {
        for (int candidate = 0; candidate < _symbols.Count; candidate++)
        {
            if (_instruments[candidate].Venue == venue && symbol.SequenceEqual(_symbols[candidate]))
            {
                _lastFound = candidate;
                index = (ushort)candidate;
                return true;
            }
        }
        if (_instruments.Count < Capacity && _catalog.TryCreate(venue, symbol, out Instrument? created))
        {
            index = Add(created);
            _lastFound = index;
            return true;
        }
        index = 0;
        return false;
    }
}
