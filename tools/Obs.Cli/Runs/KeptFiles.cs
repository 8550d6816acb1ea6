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
        Keep(path, PathOf(hash, ".safetensors"), kept => HashOfModel(kept) == hash);
        return hash;
    }

    /// <summary>Keeps a file of order latencies; returns its SHA-256.</summary>
    public string KeepLatencies(string path)
    {
        string hash = HashOfBytes(path);
        Keep(path, PathOf(hash, ".csv"), kept => HashOfBytes(kept) == hash);
        return hash;
    }

    /// <summary>The kept model's file.</summary>
    /// <exception cref="CliException">It is missing, or another than the journal names.</exception>
    public string ModelPath(string hash) => Existing(PathOf(hash, ".safetensors"), hash, HashOfModel, "model", "--model FILE");

    /// <summary>The kept latency file.</summary>
    /// <exception cref="CliException">It is missing, or another than the journal names.</exception>
    public string LatenciesPath(string hash) => Existing(PathOf(hash, ".csv"), hash, HashOfBytes, "file of order latencies", "--latency-file FILE");

    private string PathOf(string hash, string extension) => Path.Combine(_folder, hash + extension);

    // the journal vouches for the content, the folder does not: a file that was changed or exchanged would give another run
    private static string Existing(string path, string hash, Func<string, string> hashOf, string what, string option)
    {
        if (!File.Exists(path))
            throw new CliException(ExitCode.BadInput, $"{path}: the journal's settings name this {what}, and it is missing; put it back, or replay with {option}.");
        string found = hashOf(path);
        return found == hash ? path : throw new CliException(ExitCode.BadInput,
            $"{path}: is not the {what} that the journal's settings name: its content has hash {found}. It was changed or exchanged; put the right file back, or replay with {option}.");
    }

    private static string HashOfBytes(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    // a damaged model has no hash, only a reason
    private static string HashOfModel(string path)
    {
        try
        {
            return ModelFile.Load(path).Metadata.Hash;
        }
        catch (ModelException problem)
        {
            return $"none ({problem.Message.TrimEnd('.')})";
        }
    }

    private void Keep(string path, string kept, Func<string, bool> isWhole)
    {
        if (File.Exists(kept) && isWhole(kept))
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
