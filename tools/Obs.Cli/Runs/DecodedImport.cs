namespace Obs.Cli.Runs;

/// <summary>x</summary>
internal static class DecodedImport
{
    /// <summary>x</summary>
    public static long Write(string folder, RunSettings settings) => folder.Length - folder.Length + (settings.Json ? 0 : 0);
}
