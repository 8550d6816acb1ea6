using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using Obs.Cli.Output;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Cli.Commands;

/// <summary><c>obs journal dump</c>.</summary>
internal static class JournalDumpCommand
{
    private const int PreviewBytes = 120;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        JournalArguments arguments = new();
        Option<long> from = new("--from") { Description = "First sequence." };
        Option<long> to = new("--to") { Description = "Last sequence.", DefaultValueFactory = static _ => long.MaxValue };
        Option<bool> full = new("--full") { Description = "Print whole payloads, not their first 120 bytes." };
        Command command = new("dump", """
            Lists records: sequence, receive time, kind, source, bytes. With --json one object a line.

            Example:
              obs journal dump data/journal --from 100 --to 120 --full
            """) { from, to, full };
        arguments.AddTo(command);
        command.SetAction(parsed => Run(arguments, parsed, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(full)));
        return command;
    }

    private static int Run(JournalArguments arguments, ParseResult parsed, long from, long to, bool isFull)
    {
        bool asJson = arguments.Json(parsed);
        if (from < 0 || to < from)
            throw new CliException(ExitCode.Usage, $"--from is {from} and --to is {to}; give sequences from 0 on, --to not before --from.");
        JournalDump dump = new(arguments.Folder(parsed), arguments.Format(parsed))
        {
            FromSequence = from,
            ToSequence = to,
            PayloadBytesMax = isFull || arguments.Format(parsed) == LogFormat.Output ? int.MaxValue : PreviewBytes,
        };
        using StreamWriter stdout = new(Console.OpenStandardOutput());
        foreach (DumpedRecord record in dump.Records())
            stdout.WriteLine(asJson ? AsJson(record, dump.IsOutputLog) : AsText(record, dump.IsOutputLog));
        if (dump.Problem is not { } problem)
            return ExitCode.Done;
        stdout.Flush();
        Console.Error.WriteLine(CommandName.In($"obs: {problem}"));
        return problem.IsAcknowledged ? ExitCode.Negative : ExitCode.Done;
    }

    private static string AsText(DumpedRecord record, bool isOutput)
    {
        RecordHeader header = record.Header;
        if (isOutput)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"{header.Sequence} journal {OutputRecordText.JournalSequenceOf(record.Payload.Span)} {header.ReceiveNs} {(OutputKind)header.KindNumber} market {header.Flags} {header.PayloadBytes} {OutputRecordText.Of((OutputKind)header.KindNumber, record.Payload.Span)}");
        }
        string more = header.PayloadBytes > record.Payload.Length ? "…" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{header.Sequence} {header.ReceiveNs} {header.Kind} {(VenueId)header.Source} {header.PayloadBytes} {Printable(record.Payload.Span)}{more}");
    }

    private static string AsJson(DumpedRecord record, bool isOutput)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("sequence", record.Header.Sequence.ToString(CultureInfo.InvariantCulture));
            json.WriteString("receiveNs", record.Header.ReceiveNs.ToString(CultureInfo.InvariantCulture));
            if (isOutput)
                json.WriteString("journalSequence", OutputRecordText.JournalSequenceOf(record.Payload.Span).ToString(CultureInfo.InvariantCulture));
            json.WriteString("kind", isOutput ? ((OutputKind)record.Header.KindNumber).ToString() : record.Header.Kind.ToString());
            json.WriteString("source", ((VenueId)record.Header.Source).ToString());
            json.WriteNumber("bytes", record.Header.PayloadBytes);
            json.WriteString("file", Path.GetFileName(record.Path));
            json.WriteNumber("offset", record.OffsetBytes);
            json.WriteString("payload", isOutput ? OutputRecordText.Of((OutputKind)record.Header.KindNumber, record.Payload.Span) : Printable(record.Payload.Span));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // binary payloads (decoded events, commands) are shown as hexadecimal
    private static string Printable(ReadOnlySpan<byte> payload)
    {
        foreach (byte value in payload)
        {
            if (value is < 0x20 and not (byte)'\t')
                return Convert.ToHexString(payload);
        }
        return Encoding.UTF8.GetString(payload);
    }
}
