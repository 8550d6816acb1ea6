using System.Runtime.InteropServices;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine.Outputs;

/// <summary>One derived record on its way from the engine thread to whoever writes it down: a head, and the record of its kind.</summary>
/// <remarks>256 bytes. Only the record that <see cref="Kind"/> names is meaningful; the others overlap it and hold leftovers.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct OutputSlot
{
    private const int RecordOffset = 48;

    /// <summary>Which record it is.</summary>
    [FieldOffset(0)] public OutputKind Kind;

    /// <summary>The market's venue.</summary>
    [FieldOffset(1)] public VenueId Venue;

    /// <summary>The market in the line's own table; <see cref="OutputLine.NoMarket"/> where none is meant.</summary>
    [FieldOffset(2)] public ushort Market;

    /// <summary>Levels that belong to it in the line's arena.</summary>
    [FieldOffset(4)] public int LevelCount;

    /// <summary>Engine sequence of the record that caused it.</summary>
    [FieldOffset(8)] public long Sequence;

    /// <summary>Engine time at which it was derived, ns.</summary>
    [FieldOffset(16)] public long EngineNs;

    /// <summary>Where its levels lie.</summary>
    [FieldOffset(24)] public long LevelsAt;

    /// <summary>Arena position up to which everything is free once this slot is handled.</summary>
    [FieldOffset(32)] public long ArenaEnd;

    /// <summary>With <see cref="OutputKind.BookChange"/>.</summary>
    [FieldOffset(RecordOffset)] public BookChangeRecord Book;

    /// <summary>With <see cref="OutputKind.Trade"/>.</summary>
    [FieldOffset(RecordOffset)] public MarketEvent Trade;

    /// <summary>With <see cref="OutputKind.Feature"/>.</summary>
    [FieldOffset(RecordOffset)] public FeatureRecord Features;

    /// <summary>With <see cref="OutputKind.Prediction"/>.</summary>
    [FieldOffset(RecordOffset)] public PredictionRecord Prediction;

    /// <summary>With <see cref="OutputKind.Signal"/>.</summary>
    [FieldOffset(RecordOffset)] public SignalRecord Signal;

    /// <summary>With <see cref="OutputKind.Order"/>.</summary>
    [FieldOffset(RecordOffset)] public OrderRecord Order;

    /// <summary>With <see cref="OutputKind.Fill"/>.</summary>
    [FieldOffset(RecordOffset)] public FillRecord Fill;

    /// <summary>With <see cref="OutputKind.Report"/>.</summary>
    [FieldOffset(RecordOffset)] public ReportRecord Report;

    /// <summary>With <see cref="OutputKind.Outcome"/>.</summary>
    [FieldOffset(RecordOffset)] public OutcomeRecord Outcome;

    /// <summary>With <see cref="OutputKind.Quality"/>: a <see cref="BookQuality"/>. With <see cref="OutputKind.StateHash"/>: the hash.</summary>
    [FieldOffset(RecordOffset)] public ulong Number;
}
