using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Cache;

/// <summary>Walks the records of an opened cache where they lie. A record costs a few nanoseconds, its levels nothing until they are read.</summary>
/// <remarks>A value: copies walk on their own. Valid while its reader is open. Nothing is checked here, the reader checked it all when it was opened.</remarks>
internal unsafe struct DecodedCursor
{
    /// <summary>Bytes in front of a record's levels.</summary>
    public static readonly int HeaderBytes = Unsafe.SizeOf<CacheRecord>() + Unsafe.SizeOf<MarketEvent>();

    private readonly byte* _end;
    private byte* _next;
    private byte* _record;

    /// <summary>A cursor in front of checked records.</summary>
    public DecodedCursor(byte* start, long bytes)
    {
        Debug.Assert(((nint)start & 7) == 0, "records are 8-byte aligned");
        _record = null;
        _next = start;
        _end = start + bytes;
    }

    /// <summary>Kind of the record.</summary>
    public readonly RecordKind Kind => ((CacheRecord*)_record)->Kind;

    /// <summary>True when it is a frame or REST answer, i.e. <see cref="Event"/> and <see cref="Levels"/> mean something.</summary>
    public readonly bool IsFrame => ((CacheRecord*)_record)->IsFrame;

    /// <summary>Venue of the record.</summary>
    public readonly VenueId Venue => ((CacheRecord*)_record)->Venue;

    /// <summary>What the decoder said.</summary>
    public readonly DecodeStatus Status => ((CacheRecord*)_record)->Status;

    /// <summary>The event; of a refused frame or another kind only sequence and receive time count. Read-only memory: copy it before changing it.</summary>
    public readonly ref readonly MarketEvent Event => ref *(MarketEvent*)(_record + sizeof(CacheRecord));

    /// <summary>Levels of a frame, bids then asks.</summary>
    public readonly ReadOnlySpan<BookLevel> Levels => new(_record + HeaderBytes, ((CacheRecord*)_record)->TailBytes / sizeof(BookLevel));

    /// <summary>Payload of a record that is no frame.</summary>
    public readonly ReadOnlySpan<byte> Payload => new(_record + HeaderBytes, ((CacheRecord*)_record)->TailBytes);

    /// <summary>Goes to the next record; false behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (_next >= _end)
            return false;
        _record = _next;
        _next += unchecked(HeaderBytes + ((((CacheRecord*)_record)->TailBytes + 7) & ~7));
        Debug.Assert(_next <= _end, "a record ends inside the data");
        return true;
    }

    /// <summary>Size of a record whose header is readable; <see cref="long.MaxValue"/> when it makes no sense.</summary>
    public static long CheckedSize(byte* at, int instruments)
    {
        CacheRecord record = *(CacheRecord*)at;
        MarketEvent* head = (MarketEvent*)(at + sizeof(CacheRecord));
        if (record.TailBytes < 0 || record.Kind == RecordKind.None)
            return long.MaxValue;
        if (record.IsFrame)
        {
            if (head->BidCount < 0 || head->AskCount < 0 || (head->BidCount + (long)head->AskCount) * sizeof(BookLevel) != record.TailBytes)
                return long.MaxValue;
            if (record.Status == DecodeStatus.Ok && head->Kind != MarketEventKind.Other && head->Instrument >= instruments)
                return long.MaxValue;
        }
        return HeaderBytes + (((long)record.TailBytes + 7) & ~7L);
    }
}
