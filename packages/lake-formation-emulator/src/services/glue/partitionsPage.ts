import type { Segment } from '@aws-sdk/client-glue';
import { invalidInput } from '../../model/api/AwsError';
import { TableRecord, partitionKeysOf } from '../../model/catalog/TableRecord';
import { Page, pageOf } from '../../model/api/paging';
import { partitionTest } from '../../model/catalog/partitionExpression';
import {
  PartitionRecord,
  sortedPartitions,
} from '../../model/catalog/partitions';
import { Validated } from '../Operation';
import { pageSize } from '../pageSize';

const MAX_RESULTS = 1000;
const MAX_SEGMENTS = 10;

/** Which partitions of a table a request wants. */
export interface PartitionsRequest {
  Expression?: string;
  Segment?: Validated<Segment>;
  MaxResults?: number;
  NextToken?: string;
}

/** A part of the partitions, for readers that read in parallel. */
function inSegment(
  segment: Validated<Segment> | undefined,
): (place: number) => boolean {
  if (!segment) return () => true;
  const { SegmentNumber, TotalSegments } = segment;
  if (TotalSegments < 1 || TotalSegments > MAX_SEGMENTS) {
    throw invalidInput(
      `TotalSegments must be from 1 to ${MAX_SEGMENTS}, found ${TotalSegments}.`,
    );
  }
  if (SegmentNumber < 0 || SegmentNumber >= TotalSegments) {
    throw invalidInput(
      `SegmentNumber must be from 0 to ${
        TotalSegments - 1
      }, found ${SegmentNumber}.`,
    );
  }
  return place => place % TotalSegments === SegmentNumber;
}

/** One page of the partitions that are asked for, in the order of their values. */
export function partitionsPage(
  table: TableRecord,
  { Expression, Segment: segment, MaxResults, NextToken }: PartitionsRequest,
): Page<PartitionRecord> {
  const holds = partitionTest(Expression, partitionKeysOf(table));
  const isInSegment = inSegment(segment);
  const page = pageOf(
    sortedPartitions(table.partitions).filter(
      ({ partition }, place) => isInSegment(place) && holds(partition.values),
    ),
    ({ key }) => key,
    String,
    pageSize(MaxResults, MAX_RESULTS),
    NextToken,
  );
  return { ...page, items: page.items.map(({ partition }) => partition) };
}
