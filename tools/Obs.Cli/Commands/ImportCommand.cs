using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Journal;
using Obs.Core.Recordings;

namespace Obs.Cli.Commands;

/// <summary><c>obs import</c>: recordings into a journal.</summary>
internal static class ImportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> output = new("--out") { Description = "Folder of the journal; created when missing.", Required = true };
        Option<bool> decoded = new("--decoded") { Description = "Also write the decoded cache for repeated backtests." };
        Option<int?> segmentMb = LiveJournalOptions.NewSegmentMb();
        RunInputOptions inputs = new();
        Command command = new("import", """
            Turns recordings into a journal. A bad line is counted and kept in a quarantine file beside the journal; it never stops the import.

            Example:
              obs import --venue binance-usdm --input usdm_btcusdt.gz --out data/journal
            """) { output, decoded, segmentMb };
        inputs.AddTo(command);
        command.SetAction(parsed => Run(inputs.Read(parsed), parsed.GetValue(output)!, parsed.GetValue(decoded), LiveJournalOptions.SegmentBytes(parsed, segmentMb)));
        return command;
    }

    private static int Run(RunSettings settings, string folder, bool isDecoded, long? segmentBytes)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).GetEnumerator().MoveNext())
            throw new CliException(ExitCode.BadInput, $"--out {folder}: the folder is not empty; an import starts a journal of its own. Name a new folder.");
        ImportResult result = RecordingImport.Run(settings, folder, DurabilityPolicy.Relaxed, Progress.Of("importing", settings.Json), folder, segmentBytes);
        long decodedEvents = isDecoded ? DecodedImport.Write(folder, settings) : 0;
        if (settings.Json)
            WriteJson(result, decodedEvents);
        else
            WriteText(result, folder, decodedEvents);
        return result.Records > 0 ? ExitCode.Done : ExitCode.BadInput;
    }

    private static void WriteJson(ImportResult result, long decodedEvents) => JsonOut.Object(json =>
    {
        json.WriteNumber("lines", result.Lines);
        json.WriteNumber("records", result.Records);
        json.WriteNumber("badLines", result.BadLines);
        json.WriteNumber("skipped", result.Skipped);
        json.WriteNumber("outsideSpan", result.OutsideSpan);
        json.WriteNumber("clockSteps", result.ClockSteps);
        json.WriteString("firstClockStep", result.FirstClockStep);
        json.WriteString("firstReceiveNs", result.FirstReceiveNs.ToString(CultureInfo.InvariantCulture));
        json.WriteString("lastReceiveNs", result.LastReceiveNs.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("decodedEvents", decodedEvents);
        json.WriteStartObject("reasons");
        foreach ((BadLineReason reason, long count) in result.Reasons)
            json.WriteNumber(reason.ToString(), count);
        json.WriteEndObject();
        json.WriteStartArray("notes");
        foreach (string note in result.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
    });

    private static void WriteText(ImportResult result, string folder, long decodedEvents)
    {
        Console.WriteLine($"{result.Records} records from {result.Lines} lines into {folder}; {result.BadLines} bad lines, {result.Skipped} skipped.");
        foreach ((BadLineReason reason, long count) in result.Reasons)
            Console.WriteLine($"  {reason}: {count}");
        if (decodedEvents > 0)
            Console.WriteLine($"decoded cache: {decodedEvents} events.");
        foreach (string note in result.Notes)
            Console.WriteLine($"note: {note}");
    }
}
