"""The record: kept, narrowed, found and proved."""
