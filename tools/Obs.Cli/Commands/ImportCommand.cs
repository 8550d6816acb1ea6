using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
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
            Turns recordings into a journal. A bad line, or a frame no decoder takes, is counted and kept in a quarantine file beside the journal; it never stops the import.
            An import that did not reach the end of its inputs (damaged file, full disk, kill) keeps what it stored; the same command begins it anew.

            Example:
              obs import --venue binance-usdm --input usdm_btcusdt.gz --out data/journal
            """) { output, decoded, segmentMb };
        inputs.AddTo(command);
        command.SetAction(parsed => Run(inputs.Read(parsed), parsed.GetValue(output)!, parsed.GetValue(decoded), LiveJournalOptions.SegmentBytes(parsed, segmentMb)));
        return command;
    }

    private static int Run(RunSettings settings, string folder, bool isDecoded, long? segmentBytes)
    {
        _ = (Venues.ParseFormat(settings.Format), Venues.Catalog(settings)); // a wrong word is known before a folder is made
        using ImportFolder target = ImportFolder.Begin(folder, settings);
        ImportOutcome outcome = RecordingImport.Run(settings, folder, DurabilityPolicy.Relaxed, Progress.Of("importing", settings.Json), folder, segmentBytes);
        string? problem = ProblemOf(outcome, folder);
        if (outcome.Result.Records == 0)
            target.Abandon();
        else if (outcome.Problem is null)
            target.Complete();
        long decodedEvents = isDecoded && problem is null ? DecodedImport.Write(folder, settings) : 0;
        if (settings.Json)
            WriteJson(outcome.Result, decodedEvents, problem);
        else
            WriteText(outcome.Result, folder, decodedEvents);
        return problem is null ? ExitCode.Done : Failures.Warn(ExitCode.BadInput, problem);
    }

    private static string? ProblemOf(ImportOutcome outcome, string folder)
    {
        ImportResult result = outcome.Result;
        if (outcome.Problem is { } stopped)
            return result.Records == 0 ? $"{stopped.Message} Nothing was stored." : $"{stopped.Message} The {result.Records} records before it are in {folder}; the same import into it begins anew.";
        if (result.Records == 0)
            return $"nothing was imported: of {result.Lines} lines {result.BadLines} are bad{Reasons(result)}, {result.OutsideSpan} outside the span, {result.Skipped} of no use; check --format, --symbol, --from and --to.";
        return result.RefusedFrames == result.Records || outcome.IsOtherVenue
            ? $"the {result.Records} frames are stored in {folder}, but none is about a market as this venue's are; check --venue."
            : null;
    }

    private static string Reasons(ImportResult result) =>
        result.Reasons.Count == 0 ? "" : $" ({string.Join(", ", result.Reasons.Select(static reason => $"{reason.Key} × {reason.Value}"))})";

    private static void WriteJson(ImportResult result, long decodedEvents, string? problem) => JsonOut.Object(json =>
    {
        json.WriteBoolean("complete", problem is null);
        json.WriteString("problem", problem);
        json.WriteNumber("lines", result.Lines);
        json.WriteNumber("records", result.Records);
        json.WriteNumber("badLines", result.BadLines);
        json.WriteNumber("refusedFrames", result.RefusedFrames);
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
        Console.WriteLine($"{Counted.Of(result.Records, "record")} from {Counted.Of(result.Lines, "line")} into {folder}; {Counted.Of(result.BadLines, "bad line")}, {Counted.Of(result.RefusedFrames, "frame")} no decoder takes, {result.Skipped} skipped.");
        foreach ((BadLineReason reason, long count) in result.Reasons)
            Console.WriteLine($"  {reason}: {count}");
        if (decodedEvents > 0)
            Console.WriteLine($"decoded cache: {Counted.Of(decodedEvents, "event")}.");
        foreach (string note in result.Notes)
            Console.WriteLine($"note: {note}");
    }
}
