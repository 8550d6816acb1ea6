using System;
using System.Collections.Generic;
using System.Text;
using Obs.Core.Recordings;

namespace Obs.Cli.Runs;

/// <summary>The lines of a small table a user wrote: order scripts, latencies. Plain, gzip or zip; UTF-8 with or without a mark; any line end.</summary>
/// <remarks>The same door as for recordings: a packed file that is cut off, another encoding and a line without end are refused there.</remarks>
internal static class TextLines
{
    private const int ShownChars = 80;

    /// <summary>The lines with their numbers from 1; a file of a single empty line has one.</summary>
    /// <exception cref="ImportException">The file is missing, empty, a folder, damaged, of another encoding, or a line is absurdly long.</exception>
    public static IEnumerable<(int Number, string Text)> Read(string path)
    {
        using RecordingFile file = RecordingFile.Open(path);
        int number = 0;
        foreach (ByteSource content in file.Contents())
        {
            using (content)
            {
                RefuseOtherEncodings(content);
                while (content.TryReadLine(out ReadOnlySpan<byte> line))
                {
                    number++;
                    if (content.TooLong)
                        throw new CliException(ExitCode.BadInput, $"{path}, line {number}: the line has more than {ByteSource.MaxLineBytes} bytes; is it the right file?");
                    yield return (number, Encoding.UTF8.GetString(line));
                }
            }
        }
    }

    /// <summary>A value as a message shows it: what does not fit is left out.</summary>
    public static string Shown(string value) => value.Length <= ShownChars ? value : $"{value[..ShownChars]}…";

    private static void RefuseOtherEncodings(ByteSource content) => FormatDetector.CheckEncoding(content);
}
