namespace Obs.Core.Journal;

/// <summary>An acknowledged length as read from a segment's header.</summary>
/// <param name="Bytes">From the segment's start; at least the header page.</param>
/// <param name="Generation">How often it was stored.</param>
internal readonly record struct AcknowledgedBytes(long Bytes, long Generation);
