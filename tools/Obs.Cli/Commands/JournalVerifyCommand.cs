using System;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Commands;

/// <summary><c>obs journal verify</c>.</summary>
internal static class JournalVerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        JournalArguments arguments = new();
        Command command = new("verify", """
            Checks every byte and changes none. Exit code 1 when something acknowledged is damaged or missing: a segment before the first or between
            two, or records that the snapshots of a live run prove to have been on disk.
            For the journal of a live run it also tells how late its timers were written and whether one is missing.

            Example:
              obs journal verify data/journal --json
            """);
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments.Folder(parsed), arguments.Format(parsed), arguments.Json(parsed)));
        return command;
    }

    private static int Run(string folder, LogFormat format, bool asJson)
    {
        VerifyReport report = JournalVerifier.Run(folder, format, evidence: format == LogFormat.Journal ? RunSnapshots.EvidenceOf(folder) : null);
        bool hasTimers = format == LogFormat.Journal && report.Verdict is JournalVerdict.Clean or JournalVerdict.UnfinishedTail && !report.IsRecording;
        TimerReport? timers = hasTimers ? TimerCheck.Run(folder) : null;
        if (asJson)
        {
            JsonOut.Object(json =>
            {
                json.WriteString("verdict", report.Verdict.ToString());
                json.WriteString("firstSequence", report.FirstSequence.ToString(CultureInfo.InvariantCulture));
                json.WriteString("lastSequence", report.LastSequence.ToString(CultureInfo.InvariantCulture));
                json.WriteNumber("usedBytes", report.UsedBytes);
                json.WriteBoolean("isRecording", report.IsRecording);
                json.WriteString("problem", report.Problem is { } found ? CommandName.In(found.ToString()) : null);
                if (timers is not null)
                    WriteTimers(json, timers);
            });
        }
        else
        {
            Console.WriteLine($"{report.Verdict}: records {report.FirstSequence} to {report.LastSequence}, {Counted.Of(report.UsedBytes, "byte")}{(report.IsRecording ? ", a recording" : "")}.");
            if (timers is not null)
                Console.WriteLine($"{Counted.Of(timers.Timers, "timer")}, {timers.MissingTicks} missing; written late by p50 {Ms(timers, 50)}, p99 {Ms(timers, 99)}, at most {Ms(timers, 100)} ms.");
            if (report.Problem is { } problem)
                Console.WriteLine(CommandName.In(problem.ToString()));
        }
        return report.Verdict == JournalVerdict.Damaged ? ExitCode.Negative : ExitCode.Done;
    }

    private static void WriteTimers(Utf8JsonWriter json, TimerReport timers)
    {
        json.WriteStartObject("timers");
        json.WriteNumber("count", timers.Timers);
        json.WriteNumber("missing", timers.MissingTicks);
        json.WriteNumber("lateP50Ns", timers.Lateness.ValueAtPercentile(50));
        json.WriteNumber("lateP99Ns", timers.Lateness.ValueAtPercentile(99));
        json.WriteNumber("lateMaxNs", timers.Lateness.Max);
        json.WriteEndObject();
    }

    private static string Ms(TimerReport timers, double percentile) =>
        (timers.Lateness.ValueAtPercentile(percentile) / 1e6).ToString("0.###", CultureInfo.InvariantCulture);
}
