using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Obs.Core.Recordings.Frames;
using Obs.Core.Recordings.Hftbacktest;
using Obs.Core.Recordings.Records;
using Obs.Core.Recordings.Tabular;
using Obs.Core.Recordings.Tardis;

namespace Obs.Core.Recordings;

/// <summary>Turns files into one stream of records: the files in the order given, a zip's members in the order of their names.</summary>
/// <remarks>One thread, one use. Memory does not grow with the files.</remarks>
internal sealed class Importer
{
    private readonly ImportOptions _options;
    private readonly IRecordSink _sink;
    private readonly NpyReader _events = new();
    private readonly TardisReader _tardis = new();
    private ImportContext? _context;

    /// <summary>An import into a sink.</summary>
    public Importer(ImportOptions options, IRecordSink sink)
    {
        _options = options;
        _sink = sink;
    }

    /// <summary>What was done so far; also valid after <see cref="Run"/> has thrown.</summary>
    public ImportResult Result => (_context?.Counts ?? new ImportCounts()).ToResult();

    /// <summary>Imports the files.</summary>
    /// <exception cref="ImportException">A file cannot be used, or a bad line was met in a strict import. Records given before stay given.</exception>
    public ImportResult Run(IReadOnlyList<string> files)
    {
        long total = files.Sum(static (string file) => File.Exists(file) ? new FileInfo(file).Length : 0);
        long before = 0;
        using ImportContext context = new(_options, _sink, files);
        _context = context;
        foreach (string path in files)
        {
            long done = before;
            Action<long>? progress = _options.Progress is { } report ? position => report(new ImportProgress(path, done + position, total)) : null;
            using RecordingFile file = RecordingFile.Open(path, progress);
            context.BeginFile(path);
            foreach (ByteSource content in file.Contents())
            {
                using (content)
                    ReadContent(content, context);
            }
            before += file.Length;
        }
        return Result;
    }

    private void ReadContent(ByteSource content, ImportContext context)
    {
        context.BeginContent(content.Name);
        RecordingFormat format = FormatDetector.Detect(content, _options.Format);
        ReaderOf(format).Read(content, context);
    }

    private IRecordingReader ReaderOf(RecordingFormat format) => format switch
    {
        RecordingFormat.Frames => new FrameLineReader(),
        RecordingFormat.PythonDict or RecordingFormat.JsonLines => new LiteralRecordReader(),
        RecordingFormat.CsvRecords => new CsvRecordReader(),
        RecordingFormat.PolledBookCsv => new PolledBookReader(),
        // the files of one call are one stream: these two go on where the last file ended, without a resynchronisation at the seam
        RecordingFormat.Tardis => _tardis,
        RecordingFormat.Hftbacktest => _events,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "a format without a reader"),
    };
}
