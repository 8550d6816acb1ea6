using System;

namespace Obs.Core.Journal;

/// <summary>A record taken out of a log, for people to look at.</summary>
/// <param name="Path">Its segment.</param>
/// <param name="OffsetBytes">Where it stands there.</param>
/// <param name="Header">Sequence, kind, source, receive time, flags, length.</param>
/// <param name="Payload">The payload's beginning, as long as was asked for.</param>
internal sealed record DumpedRecord(string Path, long OffsetBytes, RecordHeader Header, ReadOnlyMemory<byte> Payload);
