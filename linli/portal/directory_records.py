"""What the directory notes of persons."""

from linli.people.api import leave_out_of_export

leave_out_of_export("linli_portal.DirectoryEntry", "verified_by", "which clerk checked a number last; his deeds stand in his own audit rows")
