using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Obs.Core.Recordings.Cache;

namespace Obs.Core.Recordings;

/// <summary>Every way an import ends early, in words: what, where, what to do.</summary>
internal static class ImportThrow
{
    /// <summary>No such file.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Missing(string file) =>
        throw new ImportException(ImportProblem.Missing, file, 0, $"{file}: no such file; check the path (--input).");

    /// <summary>A folder.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void IsDirectory(string file) =>
        throw new ImportException(ImportProblem.Directory, file, 0, $"{file}: is a folder, not a recording; name the files in it, one --input each.");

    /// <summary>Not readable.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void NotReadable(string file, Exception cause) =>
        throw new ImportException(ImportProblem.NotPermitted, file, 0, $"{file}: cannot be opened ({cause.Message}); check its permissions.", cause);

    /// <summary>The quarantine file cannot be written.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void QuarantineNotWritable(string path, Exception cause) =>
        throw new ImportException(ImportProblem.NotPermitted, path, 0,
            $"{path}: bad lines cannot be kept here ({cause.Message}); choose a folder that can be written and has space.", cause);

    /// <summary>Nothing in the file.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Empty(string file) =>
        throw new ImportException(ImportProblem.Empty, file, 0, $"{file}: is empty; there is nothing to read.");

    /// <summary>Damaged packing.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Damaged(string file, long line, Exception? cause, string what) =>
        throw new ImportException(ImportProblem.Damaged, file, line,
            $"{file}: damaged or cut off behind line {line} ({what}). Fetch the file again, or unpack what can be saved and read that.", cause);

    /// <summary>UTF-16 or UTF-32.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void WrongEncoding(string file, string encoding) =>
        throw new ImportException(ImportProblem.WrongEncoding, file, 1, $"{file}: the text is {encoding}; save it as UTF-8 (iconv -t UTF-8) and import again.");

    /// <summary>No known format.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void UnknownFormat(string file, string beginning) =>
        throw new ImportException(ImportProblem.UnknownFormat, file, 1,
            $"{file}: no known recording; it begins with \"{beginning}\". Known: frames with a receive time, Python dicts, JSON lines, "
            + "CSV records, polled book CSV, Tardis CSV, hftbacktest npz; name the format (--format) if it is one of them.");

    /// <summary>A table or format that is known but of no use here.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void NotSupported(string file, long line, string reason) =>
        throw new ImportException(ImportProblem.NotSupported, file, line, $"{file}: {reason}");

    /// <summary>The market is not known.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void SymbolNeeded(string file) =>
        throw new ImportException(ImportProblem.SymbolNeeded, file, 0, $"{file}: the lines name no market; say which it is (--symbol).");

    /// <summary>The market asked for is described nowhere.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void SymbolUnknown(string file, string symbol) =>
        throw new ImportException(ImportProblem.SymbolNeeded, file, 0,
            $"{file}: nothing is known about the market {symbol}; give its steps (--tick, --lot; --quote where its name does not tell the currency) or another --symbol.");

    /// <summary>A bad line in a strict import.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void BadLine(string file, long line, LineFault fault) =>
        throw new ImportException(ImportProblem.BadLine, file, line,
            $"{file}:{line}: {fault}; mend the line, or import without --strict to pass it over.");

    /// <summary>A registry that holds another market under an index.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void OtherMarket(int index, string inRun, string inRecording) => throw new InvalidOperationException(
        $"Market {index} is {inRun} in this run and {inRecording} in the recording; replay the recording in a run of its own.");

    /// <summary>A cache that cannot be used.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void CacheDamaged(string file, string what) =>
        throw new ImportException(ImportProblem.Damaged, file, 0,
            $"{file}: the decoded cache is damaged ({what}); delete it and make it again (obs import --decoded).");

    /// <summary>A cache of something else.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void CacheStale(string file, SourceStamp expected, SourceStamp found) =>
        throw new ImportException(ImportProblem.Stale, file, 0,
            $"{file}: the decoded cache was made from {found}, the source is now {expected}; make it again (obs import --decoded).");
}
