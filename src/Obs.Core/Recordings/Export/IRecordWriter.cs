using System;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Export;

/// <summary>Writes decoded events as book and trade records, named like recorded Upbit messages, that the importers read back to the same events.</summary>
/// <remarks>Not written: prev_closing_price and change_price, which events don't carry.</remarks>
internal interface IRecordWriter : IDisposable
{
    /// <summary>Writes an event; false when it is no book and no trade that this file can hold (a diff must go through a book first).</summary>
    bool TryWrite(in MarketEvent head, ReadOnlySpan<BookLevel> levels, Instrument instrument);
}
