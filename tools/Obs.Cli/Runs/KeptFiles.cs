using System;
using System.IO;
using System.Security.Cryptography;
using Obs.Core.Journal;
using Obs.Core.Models;

namespace Obs.Cli.Runs;

/// <summary>Files that settings records name, kept beside the journal under the hash of their content: a journal's folder alone can be replayed.</summary>
internal sealed class KeptFiles(string journalFolder)
{
    private readonly string _folder = Path.Combine(journalFolder, "settings");

    /// <summary>Keeps a model; returns its obs.hash.</summary>
    /// <exception cref="ModelException">It is no usable model.</exception>
    public string KeepModel(string path)
    {
        string hash = ModelFile.Load(path).Metadata.Hash;
        Keep(path, PathOf(hash, ".safetensors"));
        return hash;
    }

    /// <summary>Keeps a file of order latencies; returns its SHA-256.</summary>
    public string KeepLatencies(string path)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        Keep(path, PathOf(hash, ".csv"));
        return hash;
    }

    /// <summary>The kept model's file.</summary>
    /// <exception cref="CliException">It is missing.</exception>
    public string ModelPath(string hash) => Existing(PathOf(hash, ".safetensors"), "model", "--model FILE");

    /// <summary>The kept latency file.</summary>
    /// <exception cref="CliException">It is missing.</exception>
    public string LatenciesPath(string hash) => Existing(PathOf(hash, ".csv"), "file of order latencies", "--latency-file FILE");

    private string PathOf(string hash, string extension) => Path.Combine(_folder, hash + extension);

    private static string Existing(string path, string what, string option) => File.Exists(path)
        ? path
        : throw new CliException(ExitCode.BadInput, $"{path}: the journal's settings name this {what}, and it is missing; put it back, or replay with {option}.");

    private void Keep(string path, string kept)
    {
        if (File.Exists(kept))
            return;
        Directory.CreateDirectory(_folder);
        string temporary = kept + ".writing";
        using (FileStream target = new(temporary, FileMode.Create, FileAccess.Write))
        {
            using FileStream source = File.OpenRead(path);
            source.CopyTo(target);
            target.Flush(flushToDisk: true);
        }
        File.Move(temporary, kept, overwrite: true);
        DiskSync.Directory(_folder);
    }
}
