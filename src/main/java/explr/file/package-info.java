/** Files: atomic writes, checksums, resources of the library, and why a file operation failed. */
package explr.file;
